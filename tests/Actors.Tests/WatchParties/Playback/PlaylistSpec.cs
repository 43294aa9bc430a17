using AkkaParty.Protocol.WatchParties;
using Codes = AkkaParty.Protocol.WatchParties.WatchErrorCodes;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class PlaylistSpec : PlaybackSpec
{
    private static readonly WatchFace Host = Face(Ann, WatchRole.Host);

    [Fact]
    public void Items_are_added_moved_and_removed()
    {
        GivenParty();
        When(new AddMediaItem(At(1), As(Ann), Live, 1));
        Then(new MediaItemAdded(At(1), Live, 1, Ann));
        ThenReplied<PlaylistChanged>().Items.ShouldBe([Film, Live, Short]);
        When(new MoveMediaItem(At(2), As(Bob), Live.ItemId, 2));
        Then(new MediaItemMoved(At(2), Live.ItemId, 2, Bob));
        Play.Items.ShouldBe([Film, Short, Live]);
        When(new MoveMediaItem(At(2), As(Bob), Live.ItemId, 2));
        ThenNothing();
        When(new RemoveMediaItem(At(3), As(Ann), Short.ItemId));
        Then(new MediaItemRemoved(At(3), Short.ItemId, Ann));
        Play.Items.ShouldBe([Film, Live]);
        Play.Current.ItemId.ShouldBe(Film.ItemId);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        GivenParty();
        When(new AddMediaItem(At(1), As(Ann), Film));
        ThenRejected(Codes.MediaItemExists);
        When(new AddMediaItem(At(1), As(Ann), Live, 3));
        ThenRejected(Codes.PlaceInvalid, "place");
        When(new AddMediaItem(At(1), As(Ann), Live with { Title = " " }));
        ThenRejected(Codes.MediaItemInvalid, "title");
        When(new MoveMediaItem(At(1), As(Ann), Film.ItemId, 2));
        ThenRejected(Codes.PlaceInvalid, "place");
        When(new MoveMediaItem(At(1), As(Ann), Live.ItemId, 0));
        ThenRejected(Codes.MediaItemNotFound);
        When(new RemoveMediaItem(At(1), As(Ann), Live.ItemId));
        ThenRejected(Codes.MediaItemNotFound);
        When(new NoteDuration(At(1), As(Ann), Live.ItemId, 5));
        ThenRejected(Codes.MediaItemNotFound);
        When(new NoteDuration(At(1), As(Ann), Film.ItemId, 0));
        ThenRejected(Codes.DurationInvalid, "duration");
    }

    [Fact]
    public void It_holds_five_hundred_items()
    {
        GivenParty(null, [.. Enumerable.Range(1, 500).Select(n => Live with { ItemId = ItemId(n) })]);
        When(new AddMediaItem(At(1), As(Ann), Live with { ItemId = ItemId(501) }));
        ThenRejected(Codes.PlaylistFull);
    }

    [Fact]
    public void The_first_item_is_what_plays_and_removing_it_goes_on_to_the_next()
    {
        GivenParty();
        Given(new Play(At(5), As(Ann)));
        When(new RemoveMediaItem(At(10), As(Ann), Film.ItemId));
        Then(
            Moved(10, PlaybackAction.Skip, Playing(0, 10.2, item: Short), Short, Host),
            new MediaItemRemoved(At(10), Film.ItemId, Ann));
        Given(new RemoveMediaItem(At(11), As(Ann), Short.ItemId));
        (Play.Current.ItemId, Play.Current.Playing, Play.Items.IsEmpty).ShouldBe((null, false, true));
        When(new AddMediaItem(At(12), As(Ann), Live));
        Then(
            new MediaItemAdded(At(12), Live, 0, Ann),
            Moved(12, PlaybackAction.Skip, Paused(0, 12.2, item: Live), Live, Host));
    }

    [Fact]
    public void A_party_that_ends_before_the_next_item_has_begun_does_not_rest_at_one_that_was_removed()
    {
        GivenParty();
        Given(new Play(At(5), As(Ann)), new RemoveMediaItem(At(10), As(Ann), Film.ItemId), new EndWatchParty(At(10.1), As(Ann)));
        (Play.Current.ItemId, Play.Current.PositionMs, Play.Current.Playing, Play.Item).ShouldBe((Short.ItemId, 0, false, Short));
    }

    [Fact]
    public void How_long_an_item_is_can_be_said_once()
    {
        GivenParty(null, Live, Short);
        Given(new Play(At(10), As(Ann)));
        Entity.Deadline(State).ShouldBeNull();
        When(new NoteDuration(At(20), As(Ann), Live.ItemId, 60_000));
        Then(new DurationNoted(At(20), Live.ItemId, 60_000, Ann));
        ThenReplied<PlaybackChanged>().DurationMs.ShouldBe(60_000);
        Entity.Deadline(State).ShouldBe(At(70));
        When(new NoteDuration(At(21), As(Bob), Live.ItemId, 9));
        ThenNothing();
        Play.FindItem(Live.ItemId)!.DurationMs.ShouldBe(60_000);
    }

    [Fact]
    public void An_item_that_turns_out_to_be_over_goes_on_to_the_next()
    {
        GivenParty(null, Live, Short);
        Given(new Play(At(10), As(Ann)));
        When(new NoteDuration(At(20), As(Ann), Live.ItemId, 5_000));
        Then(
            new DurationNoted(At(20), Live.ItemId, 5_000, Ann),
            Moved(20, PlaybackAction.Ended, Playing(0, 20.2, item: Short), Short, null));
    }
}
