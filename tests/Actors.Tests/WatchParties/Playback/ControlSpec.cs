using AkkaParty.Protocol.WatchParties;
using Codes = AkkaParty.Protocol.WatchParties.WatchErrorCodes;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class ControlSpec : PlaybackSpec
{
    public static TheoryData<WatchControls, string, bool, bool> Rules { get; } = new()
    {
        { WatchControls.HostOnly, Ann, true, true },
        { WatchControls.HostOnly, Bob, false, false },
        { WatchControls.HostOnly, Cy, false, false },
        { WatchControls.CoHosts, Ann, true, true },
        { WatchControls.CoHosts, Bob, true, true },
        { WatchControls.CoHosts, Cy, false, false },
        { WatchControls.AnyonePauses, Ann, true, true },
        { WatchControls.AnyonePauses, Bob, true, true },
        { WatchControls.AnyonePauses, Cy, true, false },
        { WatchControls.Everyone, Bob, true, true },
        { WatchControls.Everyone, Cy, true, true },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_settings_say_who_controls_playback_and_playlist(WatchControls controls, string memberId, bool pauses, bool doesMore)
    {
        GivenParty(new WatchSettings { Controls = controls }, Film, Live);
        Given(new Play(At(1), As(Ann)));
        Refusal(new Pause(At(2), As(memberId))).ShouldBe(pauses ? null : Codes.ControlNotAllowed);
        foreach (var command in new PlaybackCommand[]
        {
            new Play(At(3), As(memberId)),
            new Seek(At(3), As(memberId), 7_000),
            new SetRate(At(3), As(memberId), 2),
            new SkipItem(At(3), As(memberId)),
            new NoteDuration(At(3), As(memberId), Live.ItemId, 9_000),
            new AddMediaItem(At(3), As(memberId), Short),
            new MoveMediaItem(At(3), As(memberId), Live.ItemId, 0),
            new RemoveMediaItem(At(3), As(memberId), Live.ItemId),
        })
        {
            Refusal(command).ShouldBe(doesMore ? null : Codes.ControlNotAllowed, $"{command}");
        }
    }

    [Fact]
    public void Whoever_may_only_pause_does_not_go_somewhere_by_it()
    {
        GivenParty(new WatchSettings { Controls = WatchControls.AnyonePauses });
        Given(new Play(At(1), As(Ann)));
        When(new Pause(At(10), As(Cy), 50_000));
        Then(Moved(10, PlaybackAction.Pause, Paused(9_000, 10.2), Film, Face(Cy, WatchRole.Viewer)));
    }

    [Fact]
    public void An_administrator_without_a_seat_controls_and_a_stranger_does_not()
    {
        GivenParty();
        var admin = new WatchActor("0198f0f0-0000-7000-8000-0000000000f0", IsAdmin: true);
        When(new Play(At(1), admin));
        Then(Moved(1, PlaybackAction.Play, Playing(0, 1.2), Film, null));
        Refusal(new Pause(At(2), As("0198f0f0-0000-7000-8000-0000000000f1"))).ShouldBe(Codes.NotAParticipant);
        Refusal(new Pause(At(2), WatchActor.Nobody)).ShouldBe(Codes.NotAParticipant);
        Refusal(new VoteToSkip(At(2), admin, Film.ItemId, true)).ShouldBe(Codes.NotAParticipant);
    }

    private string? Refusal(WatchCommand command) => Entity.Decide(State, command).Rejection?.Code;
}
