using System.Globalization;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>
/// Keeps a second process out of the data directory: an exclusive lock on a file, which the operating system releases
/// when its holder dies. The holder's number stands in a file of its own, because a locked one cannot be read.
/// </summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Creates the folder when it is missing, and locks it.</summary>
    /// <exception cref="StoreStartException">It cannot be created or written, or another process uses it.</exception>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreStartException(
                $"The data directory {directory} cannot be created ({exception.Message}); " +
                "choose another with AkkaParty__DataDirectory.",
                exception);
        }

        var lockPath = Path.Combine(directory, "akkaparty.lock");
        var pidPath = Path.Combine(directory, "akkaparty.pid");
        var existed = File.Exists(lockPath);
        try
        {
            var file = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pidPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectoryLock(file);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotWritable(directory, exception);
        }
        catch (IOException exception) when (existed && exception is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new StoreStartException(
                $"Another AkkaParty (process {ReadOwner(pidPath)}) is using the data directory {directory}; " +
                "stop it or choose another with AkkaParty__DataDirectory.",
                exception);
        }
        catch (IOException exception)
        {
            throw NotWritable(directory, exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static StoreStartException NotWritable(string directory, Exception exception) =>
        new(
            $"The data directory {directory} cannot be written ({exception.Message}); choose another with AkkaParty__DataDirectory.",
            exception);

    private static string ReadOwner(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "of unknown number";
        }
    }
}
