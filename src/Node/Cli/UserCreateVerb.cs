using System.CommandLine;
using AkkaParty.Accounts;

namespace AkkaParty.Node.Cli;

/// <summary><c>user create</c>: an account, such as the first one that may do everything.</summary>
internal static class UserCreateVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var options = new UserOptions();
        var email = new Argument<string>("EMAIL") { Description = "The e-mail that the account logs in with" };
        var isAdmin = new Option<bool>("--admin") { Description = "The account may do what operators may" };
        var name = new Option<string?>("--name")
        {
            Description = "The name others see. Default: the e-mail up to the @",
            HelpName = "NAME",
        };
        var command = new Command(
            "create",
            $"Make an account. The password is asked for, or taken from {UserOptions.PasswordVariable} or from the first line of a pipe.")
        {
            email, isAdmin, name,
        };
        options.AddTo(command);
        command.SetAction((parsed, stop) => options.RunAsync(parsed, invocation, async book =>
        {
            if (await UserOptions.PasswordAsync(invocation, stop) is not { } password)
            {
                await invocation.Error.WriteLineAsync("There is no password.");
                return AkkaPartyCommand.Misuse;
            }

            var registration = new Registration(parsed.GetValue(email)!, password, parsed.GetValue(name));
            var role = parsed.GetValue(isAdmin) ? AccountRole.Admin : AccountRole.User;
            var answer = await book.CreateAsync(registration, role, stop);
            if (answer.IsDone)
            {
                await invocation.Output.WriteLineAsync(
                    $"Account {answer.Value.Id:D} of {answer.Value.Email} was made; its role is {UserOptions.Shown(answer.Value.Role)}.");
                return AkkaPartyCommand.Success;
            }

            await invocation.Error.WriteLineAsync(answer.Fault.Message);
            return answer.Fault.Code == AccountFaultCodes.EmailTaken ? AkkaPartyCommand.Failure : AkkaPartyCommand.Misuse;
        }, stop));
        return command;
    }
}
