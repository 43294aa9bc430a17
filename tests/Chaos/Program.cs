using System.CommandLine;
using System.Globalization;
using AkkaParty.Chaos.Running;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var root = new RootCommand("Breaks a real cluster under load, and compares what its clients saw with the raw journal.")
{
    RunVerb.Create(),
    ClientVerb.Create(),
    CheckVerb.Create(),
};
return await root.Parse(args).InvokeAsync();
