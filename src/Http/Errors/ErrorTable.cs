namespace AkkaParty.Http.Errors;

/// <summary>The one table from a rejection's code to its HTTP status.</summary>
internal static class ErrorTable
{
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal);

    /// <summary>The status of a rejection. A rule that is not in the table is a conflict with the present state.</summary>
    /// <param name="code">The rejection's code.</param>
    /// <returns>The status, 400-499.</returns>
    public static int StatusOf(string code) => Statuses.GetValueOrDefault(code, StatusCodes.Status409Conflict);
}
