namespace AkkaParty.Node.Operations;

/// <summary>Why an operator's wish was not granted.</summary>
internal enum RefusalKind
{
    /// <summary>The question itself is wrong.</summary>
    Invalid,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>It cannot be done at the moment.</summary>
    Unavailable,
}

/// <summary>An operator's wish that is not granted; the message is for the operator.</summary>
internal sealed class RefusedException(RefusalKind kind, string code, string message) : Exception(message)
{
    /// <summary>Why, roughly.</summary>
    public RefusalKind Kind { get; } = kind;

    /// <summary>Why, as a name.</summary>
    public string Code { get; } = code;

    /// <summary>A node that is not a member.</summary>
    public static RefusedException NoSuchNode(string name) =>
        new(RefusalKind.NotFound, "no_such_node", $"No member is called '{name}'.");
}
