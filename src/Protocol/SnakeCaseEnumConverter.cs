using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol;

/// <summary>Writes a choice as its name in snake_case; a number is none.</summary>
/// <typeparam name="TEnum">The choices.</typeparam>
public sealed class SnakeCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
