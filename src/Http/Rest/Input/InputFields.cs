using System.Globalization;
using System.Text.Json;
using AkkaParty.Protocol;

namespace AkkaParty.Http.Rest.Input;

/// <summary>
/// Reads the members of one JSON object by name and notes everything that is wrong with them, so that an answer can list it all. What
/// is wrong reads as null.
/// </summary>
internal sealed class InputFields
{
    private readonly JsonElement _object;
    private readonly FaultList _faults;
    private readonly IReadOnlyList<object> _place;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Reads an object.</summary>
    /// <param name="value">The object; null for nothing at all, which has no members.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="place">Where the object is.</param>
    public InputFields(JsonElement value, FaultList faults, params IReadOnlyList<object> place)
    {
        _object = value;
        _faults = faults;
        _place = place;
    }

    /// <summary>Whether something was sent under a name, null included.</summary>
    /// <param name="name">The member.</param>
    /// <returns>False when it was left out.</returns>
    public bool Has(string name) => _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out _);

    /// <summary>Whether a member is a number, as one or as text.</summary>
    /// <param name="name">The member.</param>
    /// <returns>False when it is anything else, or was left out.</returns>
    public bool IsNumber(string name) => TryReadNumber(Find(name), out _);

    /// <summary>A text, trimmed.</summary>
    /// <param name="name">The member.</param>
    /// <param name="max">At most this many characters (Unicode code points).</param>
    /// <param name="min">At least this many.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="isProse">Whether it may have line breaks.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The text; null when it was left out.</returns>
    public string? Text(string name, int max, int min = 1, bool isRequired = false, bool isProse = false, string? code = null) =>
        TryFind(name, isRequired, out var value, "string_type", "Input should be a valid string")
            ? ReadText(value, [.. _place, name], new TextRule(name, min, max, isProse, code))
            : null;

    /// <summary>A web address.</summary>
    /// <param name="name">The member.</param>
    /// <param name="max">At most this many characters.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The address; null when it was left out.</returns>
    public string? Address(string name, int max, string? code = null)
    {
        var text = Text(name, max, min: 0, code: code);
        return text is null or ""
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? text
                : Fault<string>("url_parsing", name, "Input should be an http or https address", Find(name), code);
    }

    /// <summary>A whole number; text and fractions that are one are taken.</summary>
    /// <param name="name">The member.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The number; null when it was left out.</returns>
    public long? Integer(string name, long min, long max, bool isRequired = false, string? code = null)
    {
        if (!TryFind(name, isRequired, out var value, "int_type", "Input should be a valid integer"))
        {
            return null;
        }

        if (!TryReadNumber(value, out var number))
        {
            return value.ValueKind == JsonValueKind.String
                ? Fault<long?>("int_parsing", name, "Input should be a valid integer, unable to parse string as an integer", value)
                : Fault<long?>("int_type", name, "Input should be a valid integer", value);
        }

        if (number != decimal.Truncate(number))
        {
            return Fault<long?>("int_from_float", name, "Input should be a valid integer, got a number with a fractional part", value);
        }

        return InBounds(name, number, (min, max), value, code) ? (long)number : null;
    }

    /// <summary>A number.</summary>
    /// <param name="name">The member.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The number; null when it was left out.</returns>
    public double? Number(string name, int min, int max, string? code = null)
    {
        if (!TryFind(name, false, out var value, string.Empty, string.Empty))
        {
            return null;
        }

        if (!TryReadNumber(value, out var number))
        {
            return Fault<double?>("float_type", name, "Input should be a valid number", value);
        }

        return InBounds(name, number, (min, max), value, code) ? (double)number : null;
    }

    /// <summary>Yes or no.</summary>
    /// <param name="name">The member.</param>
    /// <returns>Which; null when it was left out.</returns>
    public bool? Flag(string name)
    {
        if (!TryFind(name, false, out var value, string.Empty, string.Empty))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.ToUpperInvariant() : value.GetRawText().ToUpperInvariant();
        return text switch
        {
            "TRUE" or "1" or "YES" or "ON" => true,
            "FALSE" or "0" or "NO" or "OFF" => false,
            _ => Fault<bool?>("bool_parsing", name, "Input should be a valid boolean, unable to interpret input", value),
        };
    }

    /// <summary>One of some words.</summary>
    /// <typeparam name="T">What a word means.</typeparam>
    /// <param name="name">The member.</param>
    /// <param name="words">The words with what they mean.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>What the word means; null when it was left out.</returns>
    public T? OneOf<T>(string name, IReadOnlyList<(string Word, T Meaning)> words, bool isRequired = false, string? code = null)
        where T : struct
    {
        var expected = Expected(words.Select(word => word.Word));
        if (!TryFind(name, isRequired, out var value, "enum", expected))
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var (word, meaning) in words)
        {
            if (word == text)
            {
                return meaning;
            }
        }

        return Fault<T?>("enum", name, expected, value, code);
    }

    /// <summary>A list of short texts.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">At most this many.</param>
    /// <param name="textMax">At most this many characters each.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The texts; null when the list was left out.</returns>
    public IReadOnlyList<string>? Texts(string name, int countMax, int textMax, string? code = null)
    {
        if (ListOf(name, countMax, code) is not { } values)
        {
            return null;
        }

        var texts = new List<string>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            if (ReadText(values[i], [.. _place, name, i], new TextRule(name, 1, textMax, false, code)) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A list of objects.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">At most this many.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>The objects; null when the list was left out.</returns>
    public IReadOnlyList<InputFields>? Objects(string name, int countMax, string? code = null)
    {
        if (ListOf(name, countMax, code) is not { } values)
        {
            return null;
        }

        var objects = new List<InputFields>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].ValueKind == JsonValueKind.Object)
            {
                objects.Add(new InputFields(values[i], _faults, [.. _place, name, i]));
            }
            else
            {
                _faults.Add("model_attributes_type", [.. _place, name, i], "Input should be a valid dictionary or object", values[i]);
            }
        }

        return objects;
    }

    /// <summary>An object.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The object; null when it was left out.</returns>
    public InputFields? Object(string name)
    {
        if (!TryFind(name, false, out var value, string.Empty, string.Empty))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object
            ? new InputFields(value, _faults, [.. _place, name])
            : Fault<InputFields>("model_attributes_type", name, "Input should be a valid dictionary or object", value);
    }

    /// <summary>The names of all members.</summary>
    /// <returns>The names in the order in which they were sent, each once.</returns>
    public IReadOnlyList<string> Names() => _object.ValueKind == JsonValueKind.Object
        ? [.. _object.EnumerateObject().Select(member => member.Name).Distinct(StringComparer.Ordinal)]
        : [];

    /// <summary>Refuses every member that nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var name in Names().Where(name => !_known.Contains(name)))
        {
            _faults.Add("extra_forbidden", [.. _place, name], "Extra inputs are not permitted", Find(name));
        }
    }

    /// <summary>Notes what is wrong with a member.</summary>
    /// <typeparam name="T">What it should have been.</typeparam>
    /// <param name="type">Which rule it breaks.</param>
    /// <param name="name">The member.</param>
    /// <param name="message">The rule.</param>
    /// <param name="code">The code of the rule.</param>
    /// <returns>Nothing.</returns>
    public T? Fault<T>(string type, string name, string message, string? code = null) =>
        Fault<T>(type, name, message, Find(name), code);

    private static string Expected(IEnumerable<string> words)
    {
        var quoted = words.Select(word => $"'{word}'").ToList();
        return "Input should be " + (quoted.Count == 1 ? quoted[0] : string.Join(", ", quoted[..^1]) + " or " + quoted[^1]);
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static bool TryReadNumber(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out number),
            JsonValueKind.String => decimal.TryParse(
                value.GetString(),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out number),
            _ => false,
        };
    }

    private string? ReadText(JsonElement value, IReadOnlyList<object> place, TextRule rule)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _faults.Add("string_type", place, "Input should be a valid string", value);
            return null;
        }

        var text = TextRules.Clean(value.GetString()!);
        var length = rule.Min > 0 && TextRules.IsBlank(text) ? 0 : TextRules.LengthOf(text);
        var (type, message) = length < rule.Min
            ? ("string_too_short", $"String should have at least {Count(rule.Min, "character")}")
            : length > rule.Max
            ? ("string_too_long", $"String should have at most {Count(rule.Max, "character")}")
            : TextRules.IsReadable(text, rule.IsProse)
            ? (null, null)
            : ("value_error", $"{rule.Name} must not contain control, direction or invisible characters");
        if (type is null)
        {
            return text;
        }

        _faults.Add(type, place, message!, value, rule.Code);
        return null;
    }

    private bool InBounds(string name, decimal number, (long Min, long Max) bounds, JsonElement value, string? code)
    {
        if (number < bounds.Min)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"Input should be greater than or equal to {bounds.Min}");
            Fault<string>("greater_than_equal", name, message, value, code);
        }
        else if (number > bounds.Max)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"Input should be less than or equal to {bounds.Max}");
            Fault<string>("less_than_equal", name, message, value, code);
        }

        return number >= bounds.Min && number <= bounds.Max;
    }

    private List<JsonElement>? ListOf(string name, int countMax, string? code)
    {
        if (!TryFind(name, false, out var value, string.Empty, string.Empty))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Fault<List<JsonElement>>("list_type", name, "Input should be a valid list", value);
        }

        return value.GetArrayLength() > countMax
            ? Fault<List<JsonElement>>(
                "too_long",
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"List should have at most {countMax} items after validation, not {value.GetArrayLength()}"),
                value,
                code)
            : [.. value.EnumerateArray()];
    }

    /// <summary>Finds a member; one that is null counts as left out unless it is required.</summary>
    private bool TryFind(string name, bool isRequired, out JsonElement value, string nullType, string nullMessage)
    {
        _known.Add(name);
        value = Find(name);
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined when isRequired:
                _faults.Add("missing", [.. _place, name], "Field required", _object);
                return false;
            case JsonValueKind.Null when isRequired:
                Fault<string>(nullType, name, nullMessage, value);
                return false;
            default:
                return value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        }
    }

    private JsonElement Find(string name) =>
        _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out var value) ? value : default;

    private T? Fault<T>(string type, string name, string message, JsonElement value, string? code = null)
    {
        _faults.Add(type, [.. _place, name], message, value, code);
        return default;
    }

    private readonly record struct TextRule(string Name, int Min, int Max, bool IsProse, string? Code);
}
