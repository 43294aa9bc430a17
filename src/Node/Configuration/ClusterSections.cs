using System.ComponentModel;

namespace AkkaParty.Node.Configuration;

/// <summary>Several nodes as one service.</summary>
internal sealed class ClusterSection
{
    [NodeName]
    [Description("This node's name, unique in the cluster: 1 to 64 of a-z, 0-9 and -. Empty: node-1, or in a cluster the machine's.")]
    public string NodeName { get; set; } = "";

    [HostAndPort]
    [Description("Where this node listens for the other nodes, such as 10.0.0.5:9100; port 0 picks a free one. Empty: it is alone.")]
    public string Listen { get; set; } = "";

    [HostAndPort]
    [Description("Where the other nodes reach this one, when that is not the address above. Needed when that one is a wildcard.")]
    public string Advertise { get; set; } = "";

    [Secret]
    [SecretText]
    [Description("What all nodes of the cluster know and nobody else: 16 to 512 characters. Needed with Listen.")]
    public string Secret { get; set; } = "";

    [Description("A file that holds the secret, instead of the secret itself.")]
    public string SecretFile { get; set; } = "";

    [Description("This node's certificate (PEM) for links; needed when Listen is not an address of this machine alone.")]
    public string CertificatePath { get; set; } = "";

    [Description("The certificate's private key (PEM).")]
    public string KeyPath { get; set; } = "";

    [Description("The certificate of the authority (PEM) that signed the certificates of all nodes. Needed with CertificatePath.")]
    public string CaPath { get; set; } = "";

    [Between(2, 60)]
    [Description("A node that cannot reach the database for this many seconds stops serving, and the others take its shards over.")]
    public int LeaseSeconds { get; set; } = 5;

    [Between(50, 1_000)]
    [Description("A node shows that it lives every so many milliseconds.")]
    public int HeartbeatMilliseconds { get; set; } = 250;

    [Between(0, 60)]
    [Description("On a stop, go on answering for this many seconds after /health/ready says no, so that balancers notice first.")]
    public int NotReadySeconds { get; set; } = 2;

    /// <summary>What the secret's file holds, once it is read.</summary>
    internal string FileSecret { get; set; } = "";

    /// <summary>The secret, wherever it was found.</summary>
    internal string SecretInForce => Secret.Length > 0 ? Secret : FileSecret;
}

/// <summary>The endpoint for operators.</summary>
internal sealed class AdminSection
{
    /// <summary>Where operators are answered when nothing else is configured.</summary>
    public const string DefaultListen = "127.0.0.1:9110";

    [AdminListen]
    [Description("Where operators' commands are answered (akkaparty cluster show, ...), over plain HTTP. Empty or 0: nowhere.")]
    public string Listen { get; set; } = DefaultListen;

    [Secret]
    [SecretText]
    [Description("What an operator must know: 16 to 512 characters. Empty: made at the first start and kept in the data directory.")]
    public string Token { get; set; } = "";
}
