using AkkaParty.Http;

namespace AkkaParty.Node.Configuration;

/// <summary>Rules between two values.</summary>
internal static class CrossChecks
{
    private const int HeartbeatsPerLease = 8;

    /// <summary>One line per broken rule.</summary>
    public static IEnumerable<string> Problems(NodeOptions options)
    {
        var sockets = options.WebSockets;
        if (sockets.IdleSeconds <= sockets.PingSeconds)
        {
            yield return $"AkkaParty:WebSockets:IdleSeconds = \"{sockets.IdleSeconds}\": "
                + $"must be more than PingSeconds ({sockets.PingSeconds}), or every quiet connection would be closed.";
        }

        if (sockets.MessageBurst < sockets.MessagesPerSecond)
        {
            yield return $"AkkaParty:WebSockets:MessageBurst = \"{sockets.MessageBurst}\": "
                + $"must be at least MessagesPerSecond ({sockets.MessagesPerSecond}).";
        }

        foreach (var problem in StoreProblems(options.Store).Concat(ClusterProblems(options)))
        {
            yield return problem;
        }
    }

    /// <summary>One line per choice that is allowed and should be made knowingly.</summary>
    public static IEnumerable<string> Warnings(NodeOptions options)
    {
        if (options.Rooms.Access == RoomAccess.Open)
        {
            yield return "AkkaParty:Rooms:Access = \"Open\": rooms ask for no tokens, so that everybody who reaches this server "
                + "can read and change every room as anybody.";
        }
    }

    private static IEnumerable<string> StoreProblems(StoreSection store)
    {
        if (store is { Kind: StoreKind.Postgres, ConnectionString: "" })
        {
            yield return "AkkaParty:Store:ConnectionString: must be set, because Kind is Postgres.";
        }

        if (store is { Kind: StoreKind.Sqlite, ConnectionString: not "" })
        {
            yield return "AkkaParty:Store:Kind = \"Sqlite\": must be Postgres or Automatic, because a connection string is set.";
        }
    }

    private static IEnumerable<string> ClusterProblems(NodeOptions options)
    {
        var cluster = options.Cluster;
        if (cluster.HeartbeatMilliseconds * HeartbeatsPerLease > cluster.LeaseSeconds * 1_000)
        {
            yield return $"AkkaParty:Cluster:HeartbeatMilliseconds = \"{cluster.HeartbeatMilliseconds}\": "
                + $"must be at most an eighth of LeaseSeconds ({cluster.LeaseSeconds}), or a few late answers would stop the node.";
        }

        if (cluster.SecretFile.Length > 0 && cluster.Secret.Length > 0)
        {
            yield return "AkkaParty:Cluster:SecretFile: must be empty, because Secret is set; a cluster has one secret.";
        }

        if (cluster.CertificatePath.Length > 0 && (cluster.KeyPath.Length == 0 || cluster.CaPath.Length == 0))
        {
            yield return "AkkaParty:Cluster:CertificatePath: needs KeyPath and CaPath as well.";
        }

        if (!HostAndPort.TryParse(cluster.Listen, out var listen))
        {
            yield break;
        }

        if (!options.Store.IsPostgres())
        {
            yield return $"AkkaParty:Cluster:Listen = \"{cluster.Listen}\": a cluster needs PostgreSQL; "
                + "set AkkaParty:Store:ConnectionString.";
        }

        if (cluster.Secret.Length == 0 && cluster.SecretFile.Length == 0)
        {
            yield return "AkkaParty:Cluster:Secret: must be set, because Listen is: the same 16 or more characters on every node, "
                + "or SecretFile with the file that holds them.";
        }

        if (listen.IsWildcard && cluster.Advertise.Length == 0)
        {
            yield return "AkkaParty:Cluster:Advertise: must be set, because Listen is every address of this machine: "
                + "the others need one of them.";
        }

        if (HostAndPort.TryParse(cluster.Advertise, out var advertise) && advertise.IsWildcard)
        {
            yield return $"AkkaParty:Cluster:Advertise = \"{cluster.Advertise}\": "
                + "must be one address or name that the other nodes can reach.";
        }

        if (!listen.IsLoopback && cluster.CertificatePath.Length == 0)
        {
            yield return "AkkaParty:Cluster:CertificatePath: must be set, because Listen is not an address of this machine alone: "
                + "links between machines are encrypted. KeyPath and CaPath too.";
        }
    }
}
