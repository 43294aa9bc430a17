using System.CommandLine;
using AkkaParty.Accounts;

namespace AkkaParty.Node.Cli;

/// <summary><c>user role</c>: what an account may do.</summary>
internal static class UserRoleVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var options = new UserOptions();
        var email = new Argument<string>("EMAIL") { Description = "The account's e-mail" };
        var role = new Argument<AccountRole>("ROLE") { Description = "user or admin" };
        var command = new Command("role", "Change what an account may do; its open sessions know it within a second.") { email, role };
        options.AddTo(command);
        command.SetAction((parsed, stop) => options.RunAsync(parsed, invocation, async book =>
        {
            var account = await book.Accounts.FindByEmailAsync(parsed.GetValue(email)!, stop);
            if (account is null)
            {
                await invocation.Error.WriteLineAsync("There is no such account.");
                return AkkaPartyCommand.NotFound;
            }

            var answer = await book.Accounts.ChangeRoleAsync(account.Id, parsed.GetValue(role), stop);
            if (!answer.IsDone)
            {
                await invocation.Error.WriteLineAsync(answer.Fault.Message);
                return AkkaPartyCommand.NotFound;
            }

            await invocation.Output.WriteLineAsync($"The role of {account.Email} is {UserOptions.Shown(answer.Value.Role)}.");
            return AkkaPartyCommand.Success;
        }, stop));
        return command;
    }
}
