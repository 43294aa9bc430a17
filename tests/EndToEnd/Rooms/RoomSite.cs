using System.Globalization;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Where rooms are served: one server, or the nodes of a cluster.</summary>
internal sealed class RoomSite(params IReadOnlyList<Uri> urls) : IDisposable
{
    /// <summary>One server.</summary>
    public RoomSite(ServerProcess server)
        : this(server.Address)
    {
    }

    /// <summary>The nodes of a cluster.</summary>
    public RoomSite(Cluster cluster)
        : this(cluster.Urls)
    {
    }

    /// <summary>Calls any of them; connections to processes that are gone are not used again.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Patience.Answer,
    };

    /// <summary>An address by the number of its node, from 0, over and over.</summary>
    public Uri Url(int node, string path) => new(urls[node % urls.Count], path);

    /// <summary>The same for a WebSocket.</summary>
    public Uri SocketUrl(int node, string path)
    {
        var url = urls[node % urls.Count];
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://{url.Host}:{url.Port}{path}"));
    }

    public void Dispose() => Http.Dispose();
}
