using System.Globalization;

namespace AkkaParty.Http.Rest;

/// <summary>Entity tags: the sequence number at which an answer holds.</summary>
internal static class EntityTag
{
    /// <summary>Sets the entity tag of an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="seq">The sequence number.</param>
    public static void Set(HttpContext context, long seq)
    {
        context.Response.Headers.ETag = TextOf(seq);
        context.Response.Headers.CacheControl = "no-cache";
    }

    /// <summary>Whether the caller of a GET has what the answer would be.</summary>
    /// <param name="context">The request.</param>
    /// <param name="seq">The sequence number of the answer.</param>
    /// <returns>True when 304 says it all.</returns>
    public static bool IsKnown(HttpContext context, long seq) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.IfNoneMatch == TextOf(seq);

    private static string TextOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"\"{seq}\"");
}
