using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>Tokens, and what only who holds one may do.</summary>
public sealed class TokenSpec : PartySpec
{
    [Fact]
    public void Every_reply_carries_the_fingerprint_of_its_request()
    {
        When(new CreateParty(T0, "Film night", "h", "Host", "hash-h", At(60), new PartyOptions()) { Fingerprint = "f1" });
        Reply.ShouldBeOfType<PartyOpened>().Fingerprint.ShouldBe("f1");
        When(new JoinParty(At(1), "m", "Mia", "hash-m", At(60)) { Fingerprint = "f2" });
        Reply.ShouldBeOfType<PartyEntered>().Fingerprint.ShouldBe("f2");
        When(new StartNomination(At(2), As("h")) { Fingerprint = "f3" });
        Reply.ShouldBeOfType<PartyAdvanced>().Fingerprint.ShouldBe("f3");
        When(new SeenParticipant(At(2), As("h")) { Fingerprint = "f4" });
        Reply.ShouldBe(new PartyDone { Fingerprint = "f4" });
        When(new SeenParticipant(At(2), As("h")));
        Reply.ShouldBeSameAs(PartyDone.Instance);
    }

    [Fact]
    public void Expired_tokens_are_dropped_when_another_is_issued()
    {
        Lobby("h");
        Given(new IssueToken(At(1), "h", null, "short", At(5)), new IssueToken(At(6), "h", null, "t2", At(9999)));

        State.Find("h")!.Tokens.Select(token => token.Hash).ShouldBe(["hash-h", "t2"]);
    }

    [Fact]
    public void A_ninth_token_drops_the_oldest_and_a_replaced_one_ends_at_once()
    {
        Lobby("h");
        for (var number = 1; number <= PartyLimits.TokensPerParticipantMax; number++)
        {
            Given(new IssueToken(At(number), "h", null, $"t{number}", At(9999)));
        }

        Authenticates("hash-h").ShouldBeFalse();
        Authenticates("t1").ShouldBeTrue();
        Given(new IssueToken(At(20), "h", "t3", "t9", At(9999)));
        Authenticates("t3").ShouldBeFalse();
        Authenticates("t1").ShouldBeTrue();
        Authenticates("t9").ShouldBeTrue();
    }

    [Fact]
    public void Issuing_the_same_token_again_changes_nothing_and_strangers_get_none()
    {
        Lobby("h");

        When(new IssueToken(At(1), "h", null, "hash-h", At(60)));
        ThenNothing();
        When(new IssueToken(At(1), "x", null, "t", At(60)));
        ThenRejected(PartyErrorCodes.ParticipantNotFound);
    }

    [Fact]
    public void A_revoked_token_ends_at_once_and_the_last_one_takes_its_sockets_along()
    {
        Lobby("h");
        Given(new IssueToken(At(1), "h", null, "t2", At(9999)));

        When(new RevokeToken(At(2), As("h")));
        Then(new TokenRevoked(At(2), "h", "hash-h", WasLast: false));
        Entity.Expels(new TokenRevoked(At(2), "h", "hash-h", WasLast: false)).ShouldBeNull();
        Entity.Revokes(new TokenRevoked(At(2), "h", "hash-h", WasLast: false)).ShouldBe("hash-h");
        Authenticates("hash-h").ShouldBeFalse();

        When(new RevokeToken(At(3), new Caller("h", "t2")));
        Then(new TokenRevoked(At(3), "h", "t2", WasLast: true));
        Entity.Expels(new TokenRevoked(At(3), "h", "t2", WasLast: true)).ShouldBe("h");
    }

    [Fact]
    public void A_token_names_its_owner_until_it_expires()
    {
        Lobby("h", "m");

        Entity.Answer(State, new AuthenticateCaller("hash-m", At(1))).Reply
            .ShouldBe(new PartyMember("m", "m", false, T0.AddHours(24), true, false));
        Entity.Answer(State, new AuthenticateCaller("hash-m", T0.AddHours(24))).Rejection!.Code.ShouldBe(PartyErrorCodes.InvalidToken);
    }

    [Fact]
    public void A_reaction_reaches_followers_only_with_a_token_that_holds_and_a_readable_text()
    {
        Lobby("h");
        var member = new Audience(PartyAddress.MemberAudience);

        Entity.ViewSignal(State, new PartyReaction(As("h"), At(1), "🎉"), member).ShouldNotBeNull();
        Entity.ViewSignal(State, new PartyReaction(As("x"), At(1), "🎉"), member).ShouldBeNull();
        Entity.ViewSignal(State, new PartyReaction(As("h"), At(1), "\u202E"), member).ShouldBeNull();
        Entity.ViewSignal(State, new PartyReaction(As("h"), At(1), "🎉"), new Audience("somebody/else")).ShouldBeNull();
    }

    private bool Authenticates(string tokenHash) => Entity.Answer(State, new AuthenticateCaller(tokenHash, At(30))).Rejection is null;
}
