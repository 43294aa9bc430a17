namespace AkkaParty.Runtime.Entities;

/// <summary>Names one entity in the whole cluster: what kind it is and which one of that kind.</summary>
/// <param name="Kind">The entity kind, lower case, for example <c>party</c>; at most 32 characters.</param>
/// <param name="Id">The entity's id within its kind; at most 128 characters, compared by ordinal.</param>
public readonly record struct EntityAddress(string Kind, string Id)
{
    /// <summary>The address as one text, <c>kind|id</c>, as logs and the command line show it.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Kind}|{Id}";
}
