using System.Globalization;
using System.Text;

namespace AkkaParty.Node.Metrics;

/// <summary>The labels of one series, kept in the order in which the instrument's callers give them.</summary>
internal sealed class LabelSet
{
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Keeps a copy of the tags.</summary>
    public LabelSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _tags = tags.ToArray();
        Hash = HashOf(tags);
        Text = Render(_tags);
    }

    /// <summary>The tags' hash; the same for the same tags in the same order.</summary>
    public int Hash { get; }

    /// <summary>The labels as exported, without braces: <c>code="not_found",surface="rest"</c>; empty when there are none.</summary>
    public string Text { get; }

    /// <summary>Hashes tags without keeping them.</summary>
    public static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = tags.Length;
        foreach (ref readonly var tag in tags)
        {
            hash = (hash * 397) ^ (tag.Value?.GetHashCode() ?? 0);
        }

        return hash;
    }

    /// <summary>Whether these are the same tags in the same order.</summary>
    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
        {
            return false;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var left = ref tags[i];
            ref readonly var right = ref _tags[i];
            if (!ReferenceEquals(left.Value, right.Value) && !Equals(left.Value, right.Value))
            {
                return false;
            }

            if (!ReferenceEquals(left.Key, right.Key) && left.Key != right.Key)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes labels sorted by name, so that the same series always reads the same.</summary>
    public static string Render(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : ",").Append(PrometheusNames.Label(name)).Append("=\"");
            var shown = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            foreach (var c in shown)
            {
                _ = c switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(c),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
