using System.Runtime.CompilerServices;

namespace AkkaParty.Simulation.Kernel;

/// <summary>
/// Everything that happened in a run, as one number: two runs of a seed that differ anywhere differ here. The lines
/// themselves are kept only when somebody wants to read them.
/// </summary>
internal sealed class Trace(bool keepLines)
{
    private readonly Dictionary<string, ulong> _hashes = new(StringComparer.Ordinal);
    private ulong _hash = 0xcbf29ce484222325;

    public ulong Hash => _hash;

    public long Steps { get; private set; }

    public bool KeepsLines => keepLines;

    public List<string> Lines { get; } = [];

    /// <summary>Notes one thing that happened.</summary>
    public void Note(long now, string what, string who, long first = 0, long second = 0, string text = "")
    {
        Steps++;
        Add((ulong)now);
        Add(HashOf(what));
        Add(HashOf(who));
        Add((ulong)first);
        Add((ulong)second);
        if (text.Length > 0)
        {
            Add(Runtime.StableHash.Of(text));
        }

        if (keepLines)
        {
            Lines.Add($"{Clock(now)} {who,-8} {what} {first} {second} {text}");
        }
    }

    /// <summary>A line for the reader alone.</summary>
    public void Say(long now, string who, ref TraceText text)
    {
        if (keepLines)
        {
            Lines.Add($"{Clock(now)} {who,-8} . {text.ToStringAndClear()}");
        }
    }

    public static string Clock(long now) => new TimeSpan(now).TotalSeconds.ToString("000.000000", null);

    private void Add(ulong value)
    {
        _hash = (_hash ^ value) * 0x9e3779b97f4a7c15;
        _hash ^= _hash >> 29;
    }

    private ulong HashOf(string word)
    {
        ref var hash = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_hashes, word, out var known);
        if (!known)
        {
            hash = Runtime.StableHash.Of(word);
        }

        return hash;
    }
}

/// <summary>A text that is only put together when the trace keeps its lines.</summary>
[InterpolatedStringHandler]
internal ref struct TraceText
{
    private DefaultInterpolatedStringHandler _text;

    public TraceText(int literalLength, int formattedCount, SimWorld world, out bool isWanted)
    {
        isWanted = world.Trace.KeepsLines;
        _text = isWanted ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string literal) => _text.AppendLiteral(literal);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
