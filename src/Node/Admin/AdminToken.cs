using System.Security.Cryptography;
using System.Text;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Admin;

/// <summary>What an operator must know. Made at the first start and kept in the data directory, where the command line finds it.</summary>
internal static class AdminToken
{
    private const string FileName = "admin.token";
    private const int RandomBytes = 32;

    /// <summary>Where the token of a data directory is.</summary>
    public static string PathIn(string dataDirectory) => Path.GetFullPath(Path.Combine(dataDirectory, FileName));

    /// <summary>The token in force; made when there is none yet.</summary>
    public static string Ensure(NodeOptions options)
    {
        if (options.Admin.Token.Length > 0)
        {
            return options.Admin.Token;
        }

        var path = PathIn(options.DataDirectory);
        if (Read(path) is { } known)
        {
            return known;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var onlyOwner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            onlyOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(unfinished, onlyOwner))
        {
            file.WriteLine(token);
        }

        File.Move(unfinished, path, overwrite: true);
        return token;
    }

    /// <summary>The token an operator on this machine would use: the configured one, or the one in the data directory.</summary>
    /// <returns>Null when there is none, or it may not be read.</returns>
    public static string? Find(NodeOptions options) =>
        options.Admin.Token.Length > 0 ? options.Admin.Token : Read(PathIn(options.DataDirectory));

    /// <summary>Compares without telling by the time it takes how much of it was right.</summary>
    public static bool IsRight(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
