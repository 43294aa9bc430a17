using System.Buffers;
using System.Text;

namespace AkkaParty.Protocol.Tests;

/// <summary>What must hold of every surface's tables of messages.</summary>
internal static class MessageTables
{
    /// <summary>Every type of a family has a row, and every row a sample.</summary>
    public static void EachHasARow<T>(JsonMessageTable<T> table, IReadOnlyList<object> samples, Type family)
        where T : class
    {
        var types = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family) && !type.IsAbstract).ToArray();
        types.ShouldNotBeEmpty();
        types.ShouldBeSubsetOf(table.Rows.Select(row => row.Type));
        samples.Select(sample => sample.GetType()).ShouldBe(table.Rows.Select(row => row.Type));
    }

    /// <summary>Each line of a golden file is read back, and written as it was.</summary>
    public static void ReadsBack<T>(JsonMessageTable<T> table, GoldenFile file)
        where T : class
    {
        var lines = file.Lines();
        lines.Select(line => line.Name).ShouldBe(table.Rows.Select(row => row.Manifest));
        foreach (var (manifest, json) in lines)
        {
            table.TryDecode(manifest, Encoding.UTF8.GetBytes(json), out var message).ShouldBeTrue();
            Encoded(table, [message!]).ShouldBe([(manifest, json)]);
        }
    }

    /// <summary>Messages with their manifests, as they are stored and sent.</summary>
    public static List<(string Name, string Json)> Encoded<T>(JsonMessageTable<T> table, IReadOnlyList<T> messages)
        where T : class
    {
        var lines = new List<(string Name, string Json)>();
        foreach (var message in messages)
        {
            var output = new ArrayBufferWriter<byte>();
            table.Encode(message, output);
            lines.Add((table.Manifest(message), Encoding.UTF8.GetString(output.WrittenSpan)));
        }

        return lines;
    }
}
