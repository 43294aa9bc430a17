using System.Globalization;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>Keys for new entities, taken from the database a block at a time. A key that is not used leaves a hole, no more.</summary>
internal sealed class KeyBlocks(NpgsqlDataSource database) : IDisposable
{
    // As many as the largest commit may need, so that one block always suffices.
    private const int BlockCount = 16_384;

    private static readonly string TakeSql = string.Create(
        CultureInfo.InvariantCulture, $"SELECT nextval('entity_keys') * {BlockCount}");

    private readonly SemaphoreSlim _gate = new(1);
    private long _next;
    private long _end;

    /// <summary>Takes some keys in ascending order.</summary>
    /// <returns>The first of them.</returns>
    public async ValueTask<long> TakeAsync(int count, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_end - _next < count)
            {
                await using var command = database.CreateCommand(TakeSql);
                _next = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
                _end = _next + BlockCount;
            }

            var first = _next;
            _next += count;
            return first;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();
}
