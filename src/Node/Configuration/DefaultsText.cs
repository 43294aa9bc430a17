using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace AkkaParty.Node.Configuration;

/// <summary>Writes the defaults with their comments: what appsettings.json and .env.example contain.</summary>
internal static class DefaultsText
{
    /// <summary>All defaults as JSON with comments.</summary>
    public static string Json()
    {
        var text = new StringBuilder();
        text.Append("// Every setting with its default. Change values here, in an appsettings.json in the working directory,\n");
        text.Append("// as environment variables (AkkaParty__Parties__AwaySeconds=60), in a .env file, or on the command line\n");
        text.Append("// (--AkkaParty:Parties:AwaySeconds=60). 'akkaparty config check' checks all of them without starting.\n");
        text.Append("{\n  \"").Append(NodeOptions.Section).Append("\": {\n");
        WriteJson(text, new NodeOptions(), "    ");
        text.Append("  }\n}\n");
        return text.ToString();
    }

    /// <summary>All variables as a .env file in which everything is commented out.</summary>
    public static string DotEnv()
    {
        var text = new StringBuilder();
        text.Append("# Copy this file to .env and remove the # before what you want to change. The values are the defaults.\n");
        text.Append("# Variables of the real environment win over .env; the command line wins over both.\n");
        var defaults = new NodeOptions();
        foreach (var option in OptionCatalogue.All)
        {
            text.Append("\n# ").Append(option.Description).Append(option.IsList ? " Several with commas." : "").Append('\n');
            text.Append('#').Append(option.EnvironmentName).Append('=').Append(option.Show(defaults)).Append('\n');
        }

        text.Append("\n# Names known from other programs. They mean the variable beside them, which wins when both are set.\n");
        foreach (var alias in Aliases.Known)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# {alias.Description} = {alias.EnvironmentName}\n#{alias.Name}=\n");
        }

        text.Append("\n# Names known from other programs that have no effect in this build; setting one is reported at the start.\n");
        foreach (var unsupported in Aliases.NotHere)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n# No effect: {unsupported.Message}\n#{unsupported.Name}=\n");
        }

        return text.ToString();
    }

    private static void WriteJson(StringBuilder text, object owner, string indent)
    {
        var properties = owner.GetType().GetProperties();
        for (var i = 0; i < properties.Length; i++)
        {
            var property = properties[i];
            var comma = i < properties.Length - 1 ? "," : "";
            text.Append(indent).Append("// ").Append(property.GetCustomAttribute<DescriptionAttribute>()!.Description).Append('\n');
            text.Append(indent).Append('"').Append(property.Name).Append("\": ");
            if (OptionCatalogue.IsSection(property))
            {
                text.Append("{\n");
                WriteJson(text, property.GetValue(owner)!, indent + "  ");
                text.Append(indent).Append('}').Append(comma).Append('\n');
                continue;
            }

            text.Append(JsonSerializer.Serialize(Plain(property.GetValue(owner)!))).Append(comma).Append('\n');
        }
    }

    private static object Plain(object value) => value is Enum name ? name.ToString() : value;
}
