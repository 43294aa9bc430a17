using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>A reply says which request it answers, so that a key used for another request is noticed when the reply is read back.</summary>
public sealed class FingerprintSpec : PartySpec
{
    private static readonly DateTimeOffset Expiry = At(86_400);

    private static readonly CreateParty Creation = new(T0, "Film night", "u1", "Ada", "hash-u1", Expiry, new PartyOptions());

    [Fact]
    public void Every_reply_carries_the_fingerprint_of_its_command()
    {
        PartyCommand[] evening =
        [
            Creation,
            new JoinParty(At(1), "u2", "Bob", "hash-u2", Expiry),
            new StartNomination(At(2), As("u1")),
            new SuggestMovie(At(3), As("u2"), Film("19")),
            new LeaveParty(At(4), As("u2")),
        ];
        foreach (var command in evening)
        {
            When(command with { Fingerprint = $"of {command.GetType().Name}" });
            Reply.ShouldBeAssignableTo<PartyReply>()!.Fingerprint.ShouldBe($"of {command.GetType().Name}");
        }
    }

    [Fact]
    public void A_command_without_one_gets_a_reply_without_one()
    {
        When(Creation);
        Reply.ShouldBeAssignableTo<PartyReply>()!.Fingerprint.ShouldBeNull();
    }
}
