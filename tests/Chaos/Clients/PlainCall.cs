using System.Text.Json;

namespace AkkaParty.Chaos.Clients;

/// <summary>A plain call.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Token">The caller's token; null for nobody's.</param>
internal sealed record PlainCall(string Method, string Path, object? Body = null, string? Token = null);

/// <summary>Its answer.</summary>
/// <param name="Body">The body; undefined for none.</param>
/// <param name="Seq">The number that its entity tag has; 0 for none.</param>
internal sealed record CallAnswer(JsonElement Body, long Seq);
