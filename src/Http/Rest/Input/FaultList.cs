using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Rest.Input;

/// <summary>Everything that is wrong with a request's inputs, up to a limit.</summary>
internal sealed class FaultList
{
    private const int FaultsMax = 20;
    private const int ShownInputMax = 500;
    private readonly List<InputFault> _faults = [];
    private string? _field;
    private string? _code;

    /// <summary>Notes a fault.</summary>
    /// <param name="type">Which rule is broken.</param>
    /// <param name="place">Where: names and indexes.</param>
    /// <param name="message">The rule.</param>
    /// <param name="input">What was sent.</param>
    /// <param name="code">The rule's own code; null for rules of form, which have none.</param>
    public void Add(string type, IReadOnlyList<object> place, string message, JsonElement input, string? code = null)
    {
        if (_faults.Count >= FaultsMax)
        {
            return;
        }

        var loc = new JsonArray([.. place.Select(step => step is int index ? (JsonNode)index : (string)step)]);
        _faults.Add(new InputFault(type, loc, message, Shown(input)));
        _code ??= code ?? "validation_failed";
        _field ??= place.Count > 1 ? string.Join('.', place.Skip(1)) : null;
    }

    /// <summary>The answer to the request.</summary>
    /// <returns>A 422 that lists the faults, or null when there are none.</returns>
    public ApiError? ToError()
    {
        if (_faults.Count == 0)
        {
            return null;
        }

        var message = _field is null ? _faults[0].Msg : $"{_field}: {_faults[0].Msg}";
        return new ApiError(422, "validation_failed", message, _field) { Code = _code!, Inputs = _faults };
    }

    // Long inputs are the caller's own and would only come back many times over.
    private static JsonNode? Shown(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => input.GetRawText().Length <= ShownInputMax ? JsonObject.Create(input.Clone()) : null,
        JsonValueKind.Array => input.GetRawText().Length <= ShownInputMax ? JsonArray.Create(input.Clone()) : null,
        _ => input.GetRawText().Length <= ShownInputMax ? JsonValue.Create(input.Clone()) : null,
    };
}
