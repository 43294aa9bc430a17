using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>The one writing and checkpointing connection, with what its statements remember. Used by the writer thread alone.</summary>
internal sealed class WriteSession(Database database, ManifestTable manifests) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = [];

    public Database Database => database;

    public AppendStatements Appends { get; } = new(database, manifests);

    /// <summary>What to take back in memory when the open transaction is not stored, last one first.</summary>
    public Stack<Action> Undo { get; } = new();

    /// <summary>A statement, prepared at its first use. Reset it after use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            statement = database.Prepare(sql);
            _prepared.Add(sql, statement);
        }

        return statement;
    }

    /// <inheritdoc />
    public void Dispose() => database.Dispose();
}
