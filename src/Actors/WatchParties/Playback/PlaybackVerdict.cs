using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What becomes of a command about playback.</summary>
/// <param name="Events">What happens, in order; empty when it is so already.</param>
/// <param name="Code">One of <see cref="WatchErrorCodes"/> when it is refused; else null.</param>
/// <param name="Error">What is wrong with the input; null when nothing is.</param>
internal sealed record PlaybackVerdict(IReadOnlyList<PlaybackEvent> Events, string? Code, InputError? Error = null)
{
    /// <summary>It is so already.</summary>
    internal static PlaybackVerdict Nothing { get; } = new([], null);

    /// <summary>Something happens.</summary>
    internal static PlaybackVerdict Do(IEnumerable<PlaybackEvent> events) => new([.. events], null);

    /// <summary>It is refused.</summary>
    internal static PlaybackVerdict Refuse(string code) => new([], code);

    /// <summary>An input breaks its rule.</summary>
    internal static PlaybackVerdict Refuse(InputError error) => new([], error.Code, error);
}
