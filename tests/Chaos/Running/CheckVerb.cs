using System.CommandLine;
using AkkaParty.Chaos.Checking;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Running;

/// <summary><c>check</c>: compares histories with a journal again, from the files that a run left.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var journal = new Option<string>("--journal") { Description = "The journal's file", Required = true };
        var histories = new Argument<string[]>("HISTORY") { Description = "The clients' files", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Compares histories with a journal.") { journal, histories };
        command.SetAction(parsed =>
        {
            var report = Checker.Check(
                parsed.GetValue(histories)!.SelectMany(HistoryFormat.ReadFile), JournalFile.Read(parsed.GetValue(journal)!));
            Console.Out.WriteLine(ReportText.Of(report));
            return report.Findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
