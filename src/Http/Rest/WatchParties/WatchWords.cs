using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>The words that stand for what a watch party is set to.</summary>
internal static class WatchWords
{
    /// <summary>Who may see a party.</summary>
    public static IReadOnlyList<(string Word, WatchVisibility Meaning)> Visibilities { get; } =
    [
        ("private", WatchVisibility.Private),
        ("public", WatchVisibility.Public),
        ("friends", WatchVisibility.Friends),
        ("invite", WatchVisibility.Invite),
    ];

    /// <summary>Who controls playback.</summary>
    public static IReadOnlyList<(string Word, WatchControls Meaning)> Controls { get; } =
    [
        ("host_only", WatchControls.HostOnly),
        ("co_hosts", WatchControls.CoHosts),
        ("everyone", WatchControls.Everyone),
        ("anyone_pauses", WatchControls.AnyonePauses),
    ];

    private static readonly IReadOnlyList<(string Word, WatchStatus Meaning)> Statuses =
    [
        ("online", WatchStatus.Online),
        ("away", WatchStatus.Away),
        ("buffering", WatchStatus.Buffering),
        ("ready", WatchStatus.Ready),
    ];

    /// <summary>The word for a visibility.</summary>
    /// <param name="visibility">The visibility.</param>
    /// <returns>The word.</returns>
    public static string Of(WatchVisibility visibility) => WordOf(Visibilities, visibility);

    /// <summary>The word for who controls.</summary>
    /// <param name="controls">Who controls.</param>
    /// <returns>The word.</returns>
    public static string Of(WatchControls controls) => WordOf(Controls, controls);

    /// <summary>The word for how a client is.</summary>
    /// <param name="status">How it is.</param>
    /// <returns>The word.</returns>
    public static string Of(WatchStatus status) => WordOf(Statuses, status);

    private static string WordOf<T>(IReadOnlyList<(string Word, T Meaning)> words, T meaning)
        where T : struct => words.First(word => EqualityComparer<T>.Default.Equals(word.Meaning, meaning)).Word;
}
