using System.Globalization;
using System.Text;

namespace AkkaParty.Accounts;

/// <summary>The rules of what people type.</summary>
internal static class AccountInput
{
    private const int LocalPartLengthMax = 64;
    private const int LabelLengthMax = 63;

    /// <summary>Checks an e-mail.</summary>
    /// <param name="text">What was typed.</param>
    /// <returns>The e-mail without spaces around it, or null when it is none.</returns>
    public static string? Email(string? text)
    {
        var email = text?.Trim();
        if (email is not { Length: >= 3 and <= AccountLimits.EmailLengthMax } || !IsPlain(email) || email.Any(char.IsWhiteSpace))
        {
            return null;
        }

        var at = email.LastIndexOf('@');
        return at is >= 1 and <= LocalPartLengthMax && IsLocalPart(email[..at]) && IsDomain(email[(at + 1)..]) ? email : null;
    }

    /// <summary>What makes two e-mails the same.</summary>
    public static string EmailKey(string email) => email.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Checks a name.</summary>
    /// <returns>The name without spaces around it, or null when it breaks a rule.</returns>
    public static string? Name(string? text)
    {
        var name = text?.Trim();
        return name is { Length: >= 1 and <= AccountLimits.NameLengthMax } && IsPlain(name) ? name : null;
    }

    /// <summary>The name of somebody who gave none.</summary>
    public static string NameFrom(string email)
    {
        var name = email[..email.LastIndexOf('@')];
        return name.Length <= AccountLimits.NameLengthMax ? name : name[..AccountLimits.NameLengthMax];
    }

    /// <summary>Whether a text is an http or https address of a bearable length.</summary>
    public static bool IsWebAddress(string text) =>
        text.Length <= AccountLimits.UrlLengthMax && IsPlain(text)
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Whether a text has no control characters and no halves of characters, so that every database can keep it.</summary>
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || char.GetUnicodeCategory(text[i]) == UnicodeCategory.LineSeparator)
            {
                return false;
            }

            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is kept of what a client calls itself.</summary>
    public static string? Client(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var cut = text.Length <= AccountLimits.ClientLengthMax ? text : text[..AccountLimits.ClientLengthMax];
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    private static bool IsLocalPart(string text) =>
        !text.Contains('@', StringComparison.Ordinal) && !text.Contains("..", StringComparison.Ordinal)
        && text[0] != '.' && text[^1] != '.'
        && text.All(c => c > '~' || char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c));

    private static bool IsDomain(string text)
    {
        var labels = text.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, label =>
            label is { Length: >= 1 and <= LabelLengthMax } && label[0] != '-' && label[^1] != '-'
            && label.All(c => c > '~' ? char.IsLetterOrDigit(c) || char.IsSurrogate(c) : char.IsAsciiLetterOrDigit(c) || c == '-'));
    }
}
