using System.Text;
using System.Text.Json;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Playback under the real runtime: what it does by itself happens, whoever looks and whatever node is there.</summary>
public sealed class PlaybackOnANode() : OnANode(runtime => runtime.Register(new WatchEntity()))
{
    private static readonly MediaItem Film = PlaybackSpec.Film;
    private static readonly MediaItem Short = PlaybackSpec.Short;

    [Fact]
    public async Task Films_follow_each_other_even_when_nobody_follows_and_the_node_was_away()
    {
        Open(new WatchSettings());
        Ok(new Play(Now, As(PlaybackSpec.Ann)));
        var begun = Show().Playback.At;
        Advance(60);
        await CrashAsync();
        Advance(50);
        var next = Show();
        (next.Playback.ItemId, next.Playback.Playing).ShouldBe((Short.ItemId, true));
        (next.Playback.At - begun).ShouldBe(TimeSpan.FromMilliseconds(100_000));

        await CrashAsync();
        Advance(60);
        var last = Show();
        (last.Playback.Playing, last.PositionMs, last.IsPlaying).ShouldBe((false, 50_000, false));
    }

    [Fact]
    public async Task A_barrier_ends_in_time_though_the_node_died_meanwhile()
    {
        Open(new WatchSettings { WaitForReady = true, ReadySeconds = 10 });
        Follow(PlaybackSpec.Ann);
        Follow(PlaybackSpec.Bob);
        Ok(new ReportClient(Now, As(PlaybackSpec.Bob), null, ReportsReady: true, null, null));
        Ok(new Play(Now, As(PlaybackSpec.Ann)));
        var endsAt = Show().Barrier!.EndsAt;
        Show().Barrier!.Names.ShouldBe(["bob"]);
        await CrashAsync();
        Follow(PlaybackSpec.Ann);
        Follow(PlaybackSpec.Bob);
        Advance(8);
        Show().Barrier.ShouldNotBeNull();
        Advance(3);
        (Show().Barrier, Show().Playback.At, Show().IsPlaying).ShouldBe((null, endsAt, true));
    }

    [Fact]
    public void A_barrier_is_over_when_the_last_one_it_waited_for_has_gone()
    {
        Open(new WatchSettings { WaitForReady = true, ReadySeconds = 60 });
        var ann = Follow(PlaybackSpec.Ann);
        var bob = Follow(PlaybackSpec.Bob);
        Ok(new ReportClient(Now, As(PlaybackSpec.Bob), null, ReportsReady: true, null, null));
        Ok(new Play(Now, As(PlaybackSpec.Ann)));
        bob.Subscription.Dispose();
        Advance(3);
        Show().Playback.Playing.ShouldBeTrue();
        ann.Subscriber.Texts.Select(TypeOf).TakeLast(5).ShouldBe(["barrier", "presence", "barrier", "barrier", "play"]);
    }

    private static WatchActor As(string memberId) => PlaybackSpec.As(memberId);

    private static string TypeOf(string text)
    {
        using var frame = JsonDocument.Parse(Encoding.UTF8.GetBytes(text));
        return frame.RootElement.GetProperty("type").GetString()!;
    }

    private void Open(WatchSettings settings) => Ok(PlaybackSpec.Create(settings, Film, Short) with { At = Now });

    private (TestSubscriber Subscriber, IDisposable Subscription) Follow(string memberId)
    {
        var subscriber = new TestSubscriber(memberId);
        var subscription = Region.Subscribe(
            PlaybackSpec.PartyId, new Audience(WatchAddress.PartySocketAudience), null, subscriber);
        Dispatcher.RunAll();
        return (subscriber, subscription);
    }

    private void Ok(WatchCommand command)
    {
        var result = Run(Region.AskAsync(PlaybackSpec.PartyId, command));
        result.Outcome.ShouldBe(AskOutcome.Replied, $"{command}: {result.Rejection}");
    }

    private PlaybackChanged Show() =>
        Run(Region.QueryAsync(PlaybackSpec.PartyId, new GetPlayback(As(PlaybackSpec.Ann), Now))).Reply.ShouldBeOfType<PlaybackChanged>();
}
