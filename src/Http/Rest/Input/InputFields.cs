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

    /// <summary>A text, trimmed.</summary>
    /// <param name="name">The member.</param>
    /// <param name="max">At most this many characters (Unicode code points).</param>
    /// <param name="min">At least this many.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <param name="isProse">Whether it may have line breaks.</param>
    /// <returns>The text; null when it was left out.</returns>
    public string? Text(string name, int max, int min = 1, bool isRequired = false, bool isProse = false) =>
        TryFind(name, isRequired, out var value, "string_type", "Input should be a valid string")
            ? ReadText(value, [.. _place, name], name, min, max, isProse)
            : null;

    /// <summary>A web address.</summary>
    /// <param name="name">The member.</param>
    /// <param name="max">At most this many characters.</param>
    /// <returns>The address; null when it was left out.</returns>
    public string? Address(string name, int max)
    {
        var text = Text(name, max, min: 0);
        return text is null or ""
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? text
                : Fault<string>("url_parsing", name, "Input should be an http or https address", Find(name));
    }

    /// <summary>A whole number; text and fractions that are one are taken.</summary>
    /// <param name="name">The member.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The number; null when it was left out.</returns>
    public long? Integer(string name, long min, long max, bool isRequired = false)
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

        return InBounds(name, number, min, max, value) ? (long)number : null;
    }

    /// <summary>A number.</summary>
    /// <param name="name">The member.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <returns>The number; null when it was left out.</returns>
    public double? Number(string name, int min, int max)
    {
        if (!TryFind(name, false, out var value, string.Empty, string.Empty))
        {
            return null;
        }

        if (!TryReadNumber(value, out var number))
        {
            return Fault<double?>("float_type", name, "Input should be a valid number", value);
        }

        return InBounds(name, number, min, max, value) ? (double)number : null;
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
    /// <returns>What the word means; null when it was left out.</returns>
    public T? OneOf<T>(string name, IReadOnlyList<(string Word, T Meaning)> words, bool isRequired = false)
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

        return Fault<T?>("enum", name, expected, value);
    }

    /// <summary>A list of short texts.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">At most this many.</param>
    /// <param name="textMax">At most this many characters each.</param>
    /// <returns>The texts; null when the list was left out.</returns>
    public IReadOnlyList<string>? Texts(string name, int countMax, int textMax)
    {
        if (ListOf(name, countMax) is not { } values)
        {
            return null;
        }

        var texts = new List<string>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            if (ReadText(values[i], [.. _place, name, i], name, 1, textMax, false) is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    /// <summary>A list of objects.</summary>
    /// <param name="name">The member.</param>
    /// <param name="countMax">At most this many.</param>
    /// <returns>The objects; null when the list was left out.</returns>
    public IReadOnlyList<InputFields>? Objects(string name, int countMax)
    {
        if (ListOf(name, countMax) is not { } values)
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
    /// <returns>Nothing.</returns>
    public T? Fault<T>(string type, string name, string message) => Fault<T>(type, name, message, Find(name));

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
                value.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    private string? ReadText(JsonElement value, IReadOnlyList<object> place, string name, int min, int max, bool isProse)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _faults.Add("string_type", place, "Input should be a valid string", value);
            return null;
        }

        var text = TextRules.Clean(value.GetString()!);
        var length = min > 0 && TextRules.IsBlank(text) ? 0 : TextRules.LengthOf(text);
        if (length < min)
        {
            _faults.Add("string_too_short", place, $"String should have at least {Count(min, "character")}", value);
            return null;
        }

        if (length > max)
        {
            _faults.Add("string_too_long", place, $"String should have at most {Count(max, "character")}", value);
            return null;
        }

        if (!TextRules.IsReadable(text, isProse))
        {
            _faults.Add("value_error", place, $"{name} must not contain control, direction or invisible characters", value);
            return null;
        }

        return text;
    }

    private bool InBounds(string name, decimal number, long min, long max, JsonElement value)
    {
        if (number < min)
        {
            Fault<long?>(
                "greater_than_equal", name, string.Create(CultureInfo.InvariantCulture, $"Input should be greater than or equal to {min}"), value);
        }
        else if (number > max)
        {
            Fault<long?>(
                "less_than_equal", name, string.Create(CultureInfo.InvariantCulture, $"Input should be less than or equal to {max}"), value);
        }

        return number >= min && number <= max;
    }

    private List<JsonElement>? ListOf(string name, int countMax)
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
                    CultureInfo.InvariantCulture, $"List should have at most {countMax} items after validation, not {value.GetArrayLength()}"),
                value)
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

    private T? Fault<T>(string type, string name, string message, JsonElement value)
    {
        _faults.Add(type, [.. _place, name], message, value);
        return default;
    }
}
