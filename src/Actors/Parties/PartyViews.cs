using System.Buffers;
using System.Text.Json;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>What may be seen of a party: never a ballot, never a token.</summary>
internal static class PartyViews
{
    /// <summary>The whole party.</summary>
    /// <param name="state">The state.</param>
    /// <returns>What anybody may see of it.</returns>
    internal static PartyView View(PartyState state) => new(
        state.Id,
        state.Name,
        Map(state.Participants, p => p.Id, p => View(state, p)),
        state.Phase,
        state.CreatedAt,
        state.Nomination is { } open ? View(state, open) : null,
        state.Phase == PartyPhase.Lobby ? null : [.. state.Pool],
        state.Phase is PartyPhase.Ranking or PartyPhase.Finished
            ? Map(state.Ballots, ballot => ballot.UserId, IReadOnlyList<string> (_) => [])
            : null,
        state.Winner,
        state.Result,
        state.EndedBy,
        state.Seq,
        state.Round,
        state.RankingDeadline,
        state.Options,
        state.WatchParty);

    /// <summary>A participant.</summary>
    /// <param name="state">The state.</param>
    /// <param name="participant">The participant.</param>
    /// <returns>What anybody may see of them.</returns>
    internal static ParticipantView View(PartyState state, PartyParticipant participant) => new(
        participant.Id,
        participant.Username,
        participant.Id == state.HostId,
        participant.Connected,
        participant.Away,
        participant.JoinedAt);

    /// <summary>The <c>party_update</c> frame.</summary>
    /// <param name="state">The state.</param>
    /// <param name="seq">The number of its last event.</param>
    /// <returns>The frame's UTF-8 bytes.</returns>
    internal static ReadOnlyMemory<byte> UpdateFrame(PartyState state, long seq)
    {
        var frame = new PartyUpdateFrame(new PartyUpdatePayload(View(state) with { Seq = seq }), seq);
        return Bytes(writer => JsonSerializer.Serialize(writer, frame, PartyJsonContext.Wire.PartyUpdateFrame));
    }

    /// <summary>The <c>reaction</c> frame.</summary>
    /// <param name="state">The state.</param>
    /// <param name="reaction">The signal.</param>
    /// <returns>The frame's UTF-8 bytes, or null when the caller's token does not hold or the reaction breaks its rule.</returns>
    internal static ReadOnlyMemory<byte>? ReactionFrame(PartyState state, PartyReaction reaction)
    {
        if (PartyInput.ValidateReaction(reaction.Reaction) is not null
            || PartyDecider.Authenticate(state, reaction.Caller, reaction.At) is not { } participant)
        {
            return null;
        }

        var frame = new ReactionFrame(new ReactionShown(participant.Id, participant.Username, reaction.Reaction));
        return Bytes(writer => JsonSerializer.Serialize(writer, frame, PartyJsonContext.Wire.ReactionFrame));
    }

    private static NominationView View(PartyState state, OpenNomination open)
    {
        var eligible = NominationDecider.Eligible(state, open);
        var voters = Map(open.Votes, vote => vote.UserId, vote => vote.Vote);
        return new(open.Movie, voters, open.ProposerId, open.Deadline, eligible, (eligible / 2) + 1);
    }

    private static OrderedDictionary<string, TValue> Map<T, TValue>(IReadOnlyList<T> items, Func<T, string> key, Func<T, TValue> value)
    {
        var map = new OrderedDictionary<string, TValue>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            map.Add(key(item), value(item));
        }

        return map;
    }

    private static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(output, WireJson.WriterOptions);
        write(writer);
        writer.Flush();
        return output.WrittenMemory;
    }
}
