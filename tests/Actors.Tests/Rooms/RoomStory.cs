using System.Text;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>Some weeks of a room in which everything happens that can happen to one.</summary>
public sealed class RoomStory : RoomSpec
{
    private readonly List<RoomEvent> _events = [];

    internal static IReadOnlyList<Audience> Audiences { get; } =
    [
        new(RoomAddress.SocketAudience),
        new(RoomAddress.RoomStreamAudience),
        new(RoomAddress.VotesStreamAudience),
        new(RoomAddress.QueueStreamAudience),
    ];

    [Fact]
    public void Every_kind_of_event_is_raised_by_some_command_and_understood()
    {
        PlayAll();
        var known = typeof(RoomEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RoomEvent)));
        _events.Select(e => e.GetType().Name).Distinct().Order().ShouldBe(known.Select(type => type.Name).Order());
    }

    [Fact]
    public void An_unknown_event_or_command_is_an_error()
    {
        GivenRoom("ann");
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Evolve(State, new Unheard(T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Decide(State, new Asked(T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Decide(State, new AskedByCaller(T0, As("ann"))));
    }

    [Theory]
    [InlineData(0, "socket_frames.json")]
    [InlineData(1, "room_stream.json")]
    [InlineData(2, "votes_stream.json")]
    [InlineData(3, "queue_stream.json")]
    public void Each_audience_is_told_exactly_what_the_golden_file_says(int audience, string name)
    {
        PlayAll();
        var lines = new StringBuilder();
        foreach (var (place, @event) in _events.Index())
        {
            if (Entity.ViewEvent(@event, place + 1, Audiences[audience]) is { } frame)
            {
                lines.Append(Encoding.UTF8.GetString(frame.Span)).Append('\n');
            }
        }

        ShouldBeGolden(name, lines.ToString());
        Entity.ViewEvent(_events[1], 2, new Audience("somebody/else")).ShouldBeNull();
        (Entity.HasEventView, Entity.HasStateView, Entity.KeepAlive(State)).ShouldBe((true, false, false));
    }

    [Fact]
    public void The_snapshot_is_written_exactly_like_the_golden_file_and_read_back()
    {
        PlayUntilTheEnd();
        var snapshot = Snapshot(State);
        ShouldBeGolden("room_snapshot.json", snapshot + "\n");

        var restored = Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(snapshot));
        RoomInvariants.CheckAll(restored);
        Snapshot(restored).ShouldBe(snapshot);
    }

    [Fact]
    public void The_room_is_shown_without_tokens()
    {
        PlayUntilTheEnd();
        var room = Ask<RoomView>(new GetRoom());
        (room.Id, room.Code, room.Name, room.Seq).ShouldBe((RoomId, "ABC234", "Cinema", State.Seq));
        room.Admins.ShouldBe(["ann", "bob"]);
        room.Members.ShouldBe(
        [
            new RoomMemberView("ann", "Ann", "🎬", "DE", Claimed: true, Online: true),
            new RoomMemberView("bob", "Robert", RoomSeat.DefaultAvatar, "US", Claimed: true, Online: false),
            new RoomMemberView("dee", "Dee", RoomSeat.DefaultAvatar, "US", Claimed: false, Online: false),
        ]);
    }

    [Fact]
    public void A_fingerprint_comes_back_with_the_reply()
    {
        When(Create("ann") with { Fingerprint = "f1" });
        ThenReplied<RoomEntered>().Fingerprint.ShouldBe("f1");
        When(Join("bob") with { Fingerprint = null });
        ThenReplied<RoomEntered>().Fingerprint.ShouldBeNull();
        When(new DeleteRoom(At(1), As("ann")) { Fingerprint = "f2" });
        ThenReplied<RoomDone>().Fingerprint.ShouldBe("f2");
    }

    private void PlayAll()
    {
        PlayUntilTheEnd();
        Play(new DeleteRoom(At(900), As("ann")));
    }

    private void PlayUntilTheEnd()
    {
        Play(new CreateRoom(
            T0, "ABC234", "Film club", [new("ann", "Ann", "🎬", "DE"), new("bob", "Bob")], new RoomSettings(), Token("ann")));
        Play(Join("bob", 1));
        Play(new JoinRoom(At(2), Stranger, new RoomSeat("cy", "Cy"), Token("cy")));
        Play(new AddMember(At(3), As("bob"), new RoomSeat("dee", "Dee")));
        Play(new UpdateMember(At(4), As("bob"), new RoomSeat("bob", "Robert")));
        Play(new IssueRoomToken(At(5), "bob", As("bob"), Token("phone")));
        Play(new RevokeRoomToken(At(6), new RoomActor("bob", "hash-phone")));
        Play(new SetRoomPresence(At(7), "ann", true));
        Play(new SetRoomPresence(At(7), "cy", true));
        Play(new UpdateRoom(At(8), As("ann"), "Cinema", new RoomSettings(90, SelectionMode.RoundRobin, AllowRevotes: false)));
        Play(Add("ann", "Metropolis", 10));
        var known = new ItemDetails { Year = 1922, TmdbId = 653 };
        Play(new AddItem(At(11), As("bob"), "bob", "Nosferatu – Eine Symphonie des Grauens", known));
        Play(new FinishEnrichment(At(12), Id(1), 1, Found(), null));
        Play(new FinishEnrichment(At(13), Id(2), 1, null, "The catalogue does not answer."));
        Play(new RequestEnrichment(At(14), As("bob"), Id(2)));
        Play(new UpdateItem(At(15), As("bob"), Id(2), null, new ItemDetails { Overview = "A vampire." }));
        Play(Vote("bob", 1, at: 20));
        Play(Vote("ann", 1, isUp: false, at: 21));
        Play(Vote("ann", 1, at: 22));
        Play(Vote("cy", 2, at: 23));
        Play(new RemoveVote(At(24), As("cy"), Id(2), "cy"));
        Play(new ReactToItem(At(25), As("cy"), Id(1), "cy", "fire", null));
        Play(new StartVotingRound(At(30), As("bob"), null));
        Play(Vote("cy", 2, at: 31));
        Play(new FinishVoting(At(32), As("ann"), "ann"));
        Play(new FinishVoting(At(33), As("cy"), "cy"));
        Play(new SelectItem(At(40), As("ann"), null, 0xfeed));
        Play(new UpdateItem(At(41), As("ann"), Id(1), ItemStatus.Watching, ItemDetails.None));
        Play(new MarkWatched(At(50), As("cy"), Id(1), "What a film."));
        Play(new RateEntry(At(51), As("bob"), Id(5), "bob", 9));
        Play(new PickItem(At(52), As("ann"), Id(2)));
        Play(Add("cy", "The General", 53));
        Play(new RemoveItem(At(54), As("cy"), Id(7)));
        Play(new GrantAdmin(At(60), As("ann"), "bob"));
        Play(new FreeSeat(At(61), As("ann"), "cy"));
        Play(new RemoveMember(At(62), As("ann"), "cy"));
        Play(new MarkWatched(At(63), As("ann"), Id(1), null) { Open = true });
        Play(new FinishRoomOpening(At(64), State.Openings[0].View.Id, null, "no free invite code was found"));
        Play(new MarkWatched(At(64), As("ann"), Id(1), null) { Open = true });
        Play(new FinishRoomOpening(At(64), State.Openings[0].View.Id, "ABC234"));
        Play(new StartVotingRound(At(70), As("bob"), 10));
    }

    private static ItemDetails Found() => new()
    {
        TmdbId = 19,
        PosterUrl = "https://image.tmdb.org/t/p/w500/m.jpg",
        Year = 1927,
        RuntimeMinutes = 153,
        Genres = ["Drama", "Science Fiction"],
        StreamingOn = ["Arte"],
        Overview = "A city of the future.",
        VoteAverage = 8.1,
        PlayNowUrl = "https://archive.org/metropolis",
        ProviderLinks = [new ProviderLink("Arte", "DE", "free", null, "https://arte.tv/1")],
        ProvidersByRegion = new Dictionary<string, IReadOnlyList<string>> { ["DE"] = ["Arte"] },
    };

    private void Play(RoomCommand command)
    {
        When(command);
        Decision.Rejection.ShouldBeNull($"{command}");
        Decision.Events.ShouldNotBeEmpty($"{command}");
        _events.AddRange(Decision.Events);
    }

    private static void ShouldBeGolden(string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Rooms", "Golden", name);
        if (!File.Exists(path) || File.ReadAllText(path) != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".actual", actual);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing; the actual text is in {path}.actual");
        actual.ShouldBe(File.ReadAllText(path));
    }

    private sealed record Unheard(DateTimeOffset At) : RoomEvent(At);

    private sealed record Asked(DateTimeOffset At) : RoomCommand(At);

    private sealed record AskedByCaller(DateTimeOffset At, RoomActor Actor) : RoomCallerCommand(At, Actor);
}
