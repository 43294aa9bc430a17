using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>Gives commands to its own party until it is told to stop, each until it is acknowledged, and remembers what was.</summary>
internal abstract class CrashWorker(CrashingServer server)
{
    private volatile bool _stop;

    /// <summary>The server.</summary>
    protected CrashingServer Server => server;

    /// <summary>Works until told to stop.</summary>
    public async Task RunAsync()
    {
        await PrepareAsync();
        while (!_stop)
        {
            await StepAsync();
        }
    }

    /// <summary>Ends the work after the command that is under way.</summary>
    public void Stop() => _stop = true;

    /// <summary>Compares what the server has with what was acknowledged.</summary>
    public abstract Task VerifyAsync();

    /// <summary>Creates what the work needs.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>Gives one command, until it is acknowledged.</summary>
    protected abstract Task StepAsync();

    /// <summary>A party with some people.</summary>
    protected async Task<List<PartyClient>> SeatAsync(int people)
    {
        var host = new PartyClient(server.Process, "Host");
        List<PartyClient> all = [host];
        var key = NewKey();
        await DoAsync(() => host.CreateAsync("Crash", key), HttpStatusCode.Created);
        while (all.Count < people)
        {
            all.Add(await JoinAsync(host.PartyId, $"Guest {all.Count}"));
        }

        return all;
    }

    /// <summary>Somebody joins.</summary>
    protected async Task<PartyClient> JoinAsync(string partyId, string name)
    {
        var client = new PartyClient(server.Process, name);
        var key = NewKey();
        await DoAsync(() => client.JoinAsync(partyId, key), HttpStatusCode.Created);
        return client;
    }

    /// <summary>Calls with a new key until there is an answer, which must be a success.</summary>
    protected Task<Answer> CommandAsync(PartyClient client, string method, string path, object? body = null)
    {
        var key = NewKey();
        return DoAsync(() => client.CallAsync(method, path, body, key), HttpStatusCode.OK);
    }

    private async Task<Answer> DoAsync(Func<Task<Answer>> call, HttpStatusCode status)
    {
        var answer = (await server.AnswerAsync(call)).Expect(status);
        server.Acknowledge();
        return answer;
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
