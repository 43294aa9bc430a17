namespace AkkaParty.EndToEnd.Harness;

/// <summary>A server with the default settings that the tests of a class share; each test makes parties of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private ServerProcess? _server;

    internal ServerProcess Server => _server ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
