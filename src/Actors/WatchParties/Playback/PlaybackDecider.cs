using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Decides what becomes of playback and the playlist. The caller is recognised, and the party goes on.</summary>
internal static class PlaybackDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The command.</param>
    /// <param name="caller">Who acts; not necessarily somebody with a seat.</param>
    /// <returns>What becomes of it.</returns>
    internal static WatchOutcome Decide(WatchTurn turn, PlaybackCommand command, WatchCaller caller) =>
        WatchOutcome.Refuse(WatchErrorCodes.ControlNotAllowed);

    /// <summary>Decides a vote to skip.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The vote.</param>
    /// <param name="caller">Who votes; not necessarily somebody with a seat.</param>
    /// <returns>What becomes of it.</returns>
    internal static WatchOutcome Vote(WatchTurn turn, VoteToSkip command, WatchCaller caller) =>
        WatchOutcome.Refuse(WatchErrorCodes.SkipVotesOff);
}
