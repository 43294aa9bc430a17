using System.CommandLine;
using AkkaParty.Accounts;
using AkkaParty.Node.Configuration;
using Spectre.Console;

namespace AkkaParty.Node.Cli;

/// <summary>What the verbs on accounts share: where the accounts are, and where a password comes from.</summary>
internal sealed class UserOptions
{
    /// <summary>The environment variable that may hold a password.</summary>
    public const string PasswordVariable = "NEW_USER_PASSWORD";

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Folder in which everything is stored. Default: ./data",
        HelpName = "DIR",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command command) => command.Options.Add(_data);

    /// <summary>Opens the accounts of the configuration, does something with them, and closes them.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        ParseResult parsed, Invocation invocation, Func<AccountBook, Task<int>> act, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_data) is { } data)
        {
            invocation.Settings.Add(("AkkaParty:DataDirectory", data, "command line --data"));
        }

        if (await invocation.LoadAsync() is not { } settings)
        {
            return AkkaPartyCommand.Misuse;
        }

        try
        {
            await using var book = AccountBook.Create(settings.Options.ToAccounts(isVisitor: true), TimeProvider.System);
            return await act(book);
        }
        catch (Exception error) when (error is AccountsUnavailableException or AccountsStartException)
        {
            await invocation.Error.WriteLineAsync(error.Message);
            return AkkaPartyCommand.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return AkkaPartyCommand.Failure;
        }
    }

    /// <summary>A role as one writes it.</summary>
    public static string Shown(AccountRole role) => role == AccountRole.Admin ? "admin" : "user";

    /// <summary>The new account's password: from the environment, a pipe, or whoever sits there.</summary>
    /// <returns>The password, or null when there is none.</returns>
    public static async Task<string?> PasswordAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Sources(invocation.Settings).Environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } given)
        {
            return given;
        }

        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync(cancellationToken) is { Length: > 0 } line ? line : null;
        }

        return await new TextPrompt<string>("Password:").Secret().ShowAsync(AnsiConsole.Console, cancellationToken);
    }
}
