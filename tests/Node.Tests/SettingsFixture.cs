using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests;

/// <summary>Settings from sources that a test writes: two folders, an environment, a command line.</summary>
public sealed class SettingsFixture : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("akkaparty-settings-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public SettingsFixture()
    {
        Directory.CreateDirectory(Installed);
        Directory.CreateDirectory(Working);
    }

    internal string Installed => Path.Combine(_root.FullName, "installed");

    internal string Working => Path.Combine(_root.FullName, "working");

    internal SettingsFixture Env(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    internal SettingsFixture DotEnv(string text) => Write(Path.Combine(Working, ".env"), text);

    internal SettingsFixture InstalledJson(string text) => Write(Path.Combine(Installed, "appsettings.json"), text);

    internal SettingsFixture WorkingJson(string text) => Write(Path.Combine(Working, "appsettings.json"), text);

    internal SettingSources Sources(params (string Key, string Value, string Origin)[] commandLine) =>
        new(Installed, Working, _environment, commandLine);

    internal NodeSettings Load(params (string Key, string Value, string Origin)[] commandLine) => NodeSettings.Load(Sources(commandLine));

    public void Dispose() => _root.Delete(recursive: true);

    private SettingsFixture Write(string path, string text)
    {
        File.WriteAllText(path, text);
        return this;
    }
}
