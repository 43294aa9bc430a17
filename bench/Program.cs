using System.CommandLine;
using System.Globalization;
using AkkaParty.Bench.Cluster;
using AkkaParty.Bench.Rooms;
using AkkaParty.Bench.Runtime;
using AkkaParty.Bench.Sockets;
using AkkaParty.Bench.Sync;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Measures AkkaParty next to the limits of its parts, in one run. Never a test: it asserts nothing.")
{
    RuntimeVerb.Create(),
    SocketsVerb.Create(),
    SocketsVerb.CreatePeer(),
    ClusterVerb.Create(),
    ClusterVerb.CreateMember(),
    RoomsVerb.Create(),
    RoomsVerb.CreatePeer(),
    SyncVerb.Create(),
};
return await root.Parse(args).InvokeAsync();
