using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What people say, and when they may not.</summary>
public sealed class WatchChatSpec : WatchSpec
{
    [Fact]
    public void A_message_is_pinned_to_where_the_party_is()
    {
        GivenParty("bob");
        Given(new Play(At(10), As("ann")));
        When(new SendWatchMessage(At(71), As("bob"), "  What a shot! "));
        var message = ThenReplied<MessageSaid>().Message;
        (message.MessageId, message.MemberId, message.Name, message.Text).ShouldBe(("1", "bob", "bob", "What a shot!"));
        (message.At, message.ItemId, message.Deleted).ShouldBe((At(71), Item(1).ItemId, false));
        message.PositionMs.ShouldBe(View(at: 71).PositionMs);
        message.PositionMs.ShouldBeInRange(60_000, 61_000);
        var e = ThenRaised<WatchMessageSent>();
        (e.Role, e.Moment!.PositionMs).ShouldBe((WatchRole.Viewer, message.PositionMs));
    }

    [Fact]
    public void A_message_has_something_to_say_and_not_too_much()
    {
        GivenParty();
        When(new SendWatchMessage(At(2), As("ann"), " \u200D "));
        ThenRejected(WatchErrorCodes.ChatTextInvalid, "message");
        When(new SendWatchMessage(At(2), As("ann"), new string('a', 1_001)));
        ThenRejected(WatchErrorCodes.ChatTextInvalid, "message");
        When(new SendWatchMessage(At(2), As("ann"), new string('a', 999) + "\n🎬"));
        ThenRejected(WatchErrorCodes.ChatTextInvalid, "message");
        When(new SendWatchMessage(At(2), As("ann"), new string('a', 998) + "\n🎬"));
        ThenRaised(nameof(WatchMessageSent));
        When(new SendWatchMessage(At(2), As("stranger"), "Hello"));
        ThenRejected(WatchErrorCodes.NotAParticipant);
    }

    [Fact]
    public void Ten_messages_a_minute_are_enough()
    {
        GivenParty();
        for (var number = 0; number < 10; number++)
        {
            When(new SendWatchMessage(At(2 + number), As("ann"), "Hello"));
            ThenReplied<MessageSaid>().Remaining.ShouldBe(9 - number);
        }

        When(new SendWatchMessage(At(20), As("ann"), "Hello"));
        ThenRaised();
        ThenReplied<MessageTooSoon>().ShouldBe(new MessageTooSoon(WatchErrorCodes.ChatTooFast, 42_000, 0));
        When(new SendWatchMessage(At(62), As("ann"), "Hello"));
        ThenReplied<MessageSaid>().Remaining.ShouldBe(0);
    }

    [Fact]
    public void Slow_mode_slows_viewers_down()
    {
        GivenPartyWith(new WatchSettings { SlowModeSeconds = 30 }, "bob");
        Given(new SendWatchMessage(At(2), As("ann"), "One"), new SendWatchMessage(At(3), As("ann"), "Two"));
        Given(new SendWatchMessage(At(2), As("bob"), "One"));
        When(new SendWatchMessage(At(12), As("bob"), "Two"));
        ThenReplied<MessageTooSoon>().ShouldBe(new MessageTooSoon(WatchErrorCodes.ChatSlowMode, 20_000, 9));
        When(new SendWatchMessage(At(32), As("bob"), "Two"));
        ThenReplied<MessageSaid>();
    }

    [Fact]
    public void The_last_hundred_are_kept()
    {
        GivenParty();
        for (var number = 1; number <= WatchLimits.MessagesKept + 5; number++)
        {
            Given(new SendWatchMessage(At(number * 10), As("ann"), $"Message {number}"));
        }

        var messages = Answer<MessageList>(new ListMessages(As("ann"), At(2_000))).Messages;
        messages.Count.ShouldBe(WatchLimits.MessagesKept);
        (messages[0].MessageId, messages[^1].MessageId).ShouldBe(("6", "105"));
        Answer<WatchWelcome>(new GetWatchWelcome(As("ann"), At(2_000))).Messages.ShouldBe(messages);
    }

    [Fact]
    public void A_message_is_taken_back_by_its_author_and_by_those_who_help()
    {
        GivenParty("bob", "cy");
        Given(new SendWatchMessage(At(2), As("bob"), "Oops"), new SendWatchMessage(At(3), As("bob"), "Rude"));
        When(new DeleteWatchMessage(At(4), As("cy"), "1"));
        ThenRejected(WatchErrorCodes.WatchCoHostOnly);
        When(new DeleteWatchMessage(At(4), As("bob"), "7"));
        ThenRejected(WatchErrorCodes.MessageNotFound);
        When(new DeleteWatchMessage(At(4), As("bob"), "1"));
        ThenRaised(nameof(WatchMessageDeleted));
        When(new DeleteWatchMessage(At(5), As("ann"), "2"));
        ThenRaised<WatchMessageDeleted>().By.ShouldBe("ann");
        When(new DeleteWatchMessage(At(6), As("ann"), "2"));
        ThenRaised();
        Answer<MessageList>(new ListMessages(As("cy"), At(7))).Messages.ShouldAllBe(m => m.Deleted && m.Text.Length == 0);
    }

    [Fact]
    public void Whoever_lags_behind_may_ask_for_what_gives_nothing_away()
    {
        Given(Create() with { Items = [Item(1), Item(2), Item(3)] });
        Given(new SendWatchMessage(At(1), As("ann"), "First film, beginning"));
        Given(new Play(At(2), As("ann"), 60_000));
        Given(new SendWatchMessage(At(10), As("ann"), "First film, later"));
        Given(new SkipItem(At(11), As("ann")), new SendWatchMessage(At(20), As("ann"), "Second film"));

        Texts(0, Item(1).ItemId).ShouldBe(["First film, beginning"]);
        Texts(100_000, Item(1).ItemId).ShouldBe(["First film, beginning", "First film, later"]);
        Texts(0, Item(2).ItemId).ShouldBe(["First film, beginning", "First film, later"]);
        Texts(100_000, null).ShouldBe(["First film, beginning", "First film, later", "Second film"]);
        Refusal(new ListMessages(As("stranger"), At(30))).ShouldBe(WatchErrorCodes.NotAParticipant);

        IEnumerable<string> Texts(long upTo, string? itemId) =>
            Answer<MessageList>(new ListMessages(As("ann"), At(30), upTo, itemId)).Messages.Select(message => message.Text);
    }
}
