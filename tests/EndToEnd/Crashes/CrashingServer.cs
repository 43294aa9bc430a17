using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>A server that may die at any moment, and clients that go on until they have an answer.</summary>
internal sealed class CrashingServer(ServerProcess process)
{
    private readonly Pulse _pulse = new();
    private bool _up = true;
    private long _acknowledged;
    private int _retries;

    /// <summary>The process.</summary>
    public ServerProcess Process => process;

    /// <summary>How many commands were acknowledged.</summary>
    public long Acknowledged => _pulse.Read(() => _acknowledged);

    /// <summary>How many calls had to be made again.</summary>
    public int Retries => _pulse.Read(() => _retries);

    /// <summary>Notes that a command was acknowledged.</summary>
    public void Acknowledge() => _pulse.Change(() => _acknowledged++);

    /// <summary>Waits until so many commands were acknowledged.</summary>
    public Task UntilAcknowledgedAsync(long count) =>
        _pulse.UntilAsync(
            () => _acknowledged >= count ? this : null, $"{count} acknowledged commands", () => $"There were {_acknowledged}.");

    /// <summary>Waits until the server runs.</summary>
    public Task UntilUpAsync() =>
        _pulse.UntilAsync(() => _up ? this : null, "the server to be up again", () => process.Output, Patience.Process);

    /// <summary>Kills it, and starts it again.</summary>
    /// <param name="before">How often it is killed again while it starts.</param>
    public async Task CrashAsync(int before = 0)
    {
        _pulse.Change(() => _up = false);
        await process.Kill9Async();
        for (var i = 0; i < before; i++)
        {
            process.Launch();
            await process.Kill9Async();
        }

        await process.RestartAsync();
        _pulse.Change(() => _up = true);
    }

    /// <summary>Repeats a call until there is an answer that is not "try again".</summary>
    public async Task<Answer> AnswerAsync(Func<Task<Answer>> call)
    {
        while (true)
        {
            await UntilUpAsync();
            if (await TryAsync(call) is { Status: not HttpStatusCode.ServiceUnavailable } answer)
            {
                return answer;
            }

            _pulse.Change(() => _retries++);
        }
    }

    /// <summary>Makes a call; null when there was no answer.</summary>
    public static async Task<T?> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (IsLostConnection(exception))
        {
            // Whether it was carried out is not known: whoever called calls again, with the same id.
            return null;
        }
    }

    private static bool IsLostConnection(Exception exception) =>
        exception is HttpRequestException or IOException or OperationCanceledException or System.Net.WebSockets.WebSocketException
            or ConnectionLostException;
}
