namespace AkkaParty.Runtime.Feeds;

/// <summary>
/// Who looks at an entity's feed, and in which dialect: subscribers of one audience share one serialised frame.
/// </summary>
/// <param name="Name">For example <c>reelchoice/member</c>; compared by ordinal.</param>
public readonly record struct Audience(string Name);
