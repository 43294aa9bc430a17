using System.Globalization;

namespace AkkaParty.Node.Configuration;

/// <summary>Turns text into an option's value and checks its rule.</summary>
internal static class SettingBinder
{
    /// <summary>Takes an option's value from a layer that has it. On a problem the default stays.</summary>
    /// <returns>Where the value was set.</returns>
    public static string Bind(OptionDescriptor option, SettingLayer layer, NodeOptions options, ICollection<string> problems)
    {
        if (option.IsList)
        {
            return BindList(option, layer, options, problems);
        }

        var (text, origin) = layer.Settings[option.Key];
        if (!TryParse(option.Property.PropertyType, text, out var value))
        {
            problems.Add(Problem(option, text, origin, option.Rule?.Text ?? TypeText(option.Property.PropertyType)));
        }
        else if (option.Rule is { } rule && !rule.Accepts(value))
        {
            problems.Add(Problem(option, text, origin, rule.Text));
        }
        else
        {
            option.Set(options, value);
        }

        return origin;
    }

    private static string BindList(OptionDescriptor option, SettingLayer layer, NodeOptions options, ICollection<string> problems)
    {
        // Either one text with commas (variables, command line) or numbered items (files).
        IReadOnlyList<Setting> settings = layer.Settings.TryGetValue(option.Key, out var whole)
            ? [.. whole.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(item => whole with { Value = item })]
            : [.. layer.Items(option.Key)];
        var accepted = true;
        foreach (var (item, origin) in settings)
        {
            if (option.Rule is { } rule && !rule.Accepts(item))
            {
                problems.Add(Problem(option, item, origin, "each item " + rule.Text));
                accepted = false;
            }
        }

        if (accepted)
        {
            option.Set(options, settings.Select(setting => setting.Value).ToArray());
        }

        return settings.Count > 0 ? settings[0].Origin : whole.Origin;
    }

    private static string Problem(OptionDescriptor option, string text, string origin, string rule)
    {
        var shown = option.IsSecret ? "" : $" = \"{text.ReplaceLineEndings(" ")}\"";
        return $"{option.Key}{shown} ({origin}): {rule}.";
    }

    private static string TypeText(Type type) =>
        type == typeof(bool) ? "must be true or false"
        : type.IsEnum ? "must be one of " + string.Join(", ", Enum.GetNames(type))
        : type == typeof(string) ? "must be a text"
        : "must be a whole number";

    private static bool TryParse(Type type, string text, out object value)
    {
        value = text;
        if (type == typeof(string))
        {
            return true;
        }

        text = text.Trim();
        if (type == typeof(bool))
        {
            var parsed = bool.TryParse(text, out var flag);
            value = flag;
            return parsed;
        }

        if (type.IsEnum)
        {
            // Enum.TryParse takes numbers and lists too; only names are meant here.
            var name = Enum.GetNames(type).FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name is null ? text : Enum.Parse(type, name);
            return name is not null;
        }

        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        value = number;
        return isNumber;
    }
}
