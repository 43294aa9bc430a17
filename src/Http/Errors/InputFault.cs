using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AkkaParty.Http.Errors;

/// <summary>One input that breaks a rule.</summary>
/// <param name="Type">Which rule, in snake_case: <c>missing</c>, <c>string_too_long</c>, <c>extra_forbidden</c>, ...</param>
/// <param name="Loc">Where: <c>body</c> or <c>query</c>, then the names and indexes that lead there.</param>
/// <param name="Msg">The rule, for people.</param>
/// <param name="Input">What was sent; null when nothing was, or when it is long.</param>
public sealed record InputFault(string Type, JsonArray Loc, string Msg, JsonNode? Input);

/// <summary>The problem details of inputs that break rules (422), whose <c>detail</c> is a list.</summary>
/// <param name="Type"><c>about:blank</c>: the status says it all.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">422.</param>
/// <param name="Detail">Everything that is wrong, at most 20 entries.</param>
/// <param name="Error">The first of them, for people.</param>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Field">The input field at fault; the first when several are.</param>
/// <param name="Retryable">Always false.</param>
public sealed record InputProblem(
    string Type,
    string Title,
    int Status,
    IReadOnlyList<InputFault> Detail,
    string Error,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    bool Retryable);
