using System.Collections.Frozen;
using System.Reflection;

namespace AkkaParty.Accounts.Passwords;

/// <summary>The passwords that everybody tries first, as a list with one on each line, in lower case.</summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> Known = Load();

    /// <summary>How many there are.</summary>
    public static int Count => Known.Count;

    /// <summary>Whether a password is one of them, whatever the case of its letters.</summary>
    public static bool Contains(string password) => Known.Contains(password.ToLowerInvariant());

    private static FrozenSet<string> Load()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();
    }
}
