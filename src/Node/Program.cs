using AkkaParty.Node.Cli;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Hosting;

return await AkkaPartyCommand.RunAsync(args, Console.Out, Console.Error, SettingSources.OfThisProcess, Server.RunAsync);
