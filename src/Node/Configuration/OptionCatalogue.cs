using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace AkkaParty.Node.Configuration;

/// <summary>One settable value.</summary>
/// <param name="Key">The full key, such as <c>AkkaParty:Parties:AwaySeconds</c>.</param>
/// <param name="Property">The property that takes it.</param>
/// <param name="Path">The properties that lead from <see cref="NodeOptions"/> to the object that owns it.</param>
internal sealed record OptionDescriptor(string Key, PropertyInfo Property, IReadOnlyList<PropertyInfo> Path)
{
    /// <summary>What it is for.</summary>
    public string Description { get; } = Property.GetCustomAttribute<DescriptionAttribute>()!.Description;

    /// <summary>What its value must be, beyond its type.</summary>
    public OptionRuleAttribute? Rule { get; } = Property.GetCustomAttribute<OptionRuleAttribute>();

    /// <summary>Whether its value must never be printed.</summary>
    public bool IsSecret { get; } = Property.GetCustomAttribute<SecretAttribute>() is not null;

    /// <summary>Whether it takes several values.</summary>
    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>The environment variable of the same meaning.</summary>
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Reads the value.</summary>
    public object Get(NodeOptions options) => Property.GetValue(Owner(options))!;

    /// <summary>Writes the value.</summary>
    public void Set(NodeOptions options, object value) => Property.SetValue(Owner(options), value);

    /// <summary>The value as one would write it in an environment variable; secrets are masked.</summary>
    public string Show(NodeOptions options) => Get(options) switch
    {
        string text when IsSecret => text.Length == 0 ? "" : "***",
        string text => text,
        bool flag => flag ? "true" : "false",
        IEnumerable list => string.Join(',', list.Cast<object>()),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private object Owner(NodeOptions options) => Path.Aggregate((object)options, (owner, step) => step.GetValue(owner)!);
}

/// <summary>All settable values, read from the option classes once.</summary>
internal static class OptionCatalogue
{
    /// <summary>The values, in the order of the classes.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } = [.. Walk(typeof(NodeOptions), NodeOptions.Section, [])];

    /// <summary>Finds a value by its key, without regard to case.</summary>
    public static OptionDescriptor? Find(string key) =>
        All.FirstOrDefault(option => string.Equals(option.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a property groups others.</summary>
    public static bool IsSection(PropertyInfo property) => property.PropertyType.IsClass && property.PropertyType != typeof(string);

    private static IEnumerable<OptionDescriptor> Walk(Type type, string prefix, IReadOnlyList<PropertyInfo> path)
    {
        foreach (var property in type.GetProperties())
        {
            var key = prefix + ":" + property.Name;
            if (!IsSection(property))
            {
                yield return new OptionDescriptor(key, property, path);
                continue;
            }

            foreach (var option in Walk(property.PropertyType, key, [.. path, property]))
            {
                yield return option;
            }
        }
    }
}
