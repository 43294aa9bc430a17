using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>How a party begins, changes, ends, begins again and goes.</summary>
public sealed class PartyLifeSpec : WatchSpec
{
    [Fact]
    public void Whoever_creates_it_is_its_host_and_first_participant()
    {
        When(Create() with { Title = "  Film night ", Description = " " });

        ThenRaised(nameof(WatchPartyCreated));
        var party = ThenReplied<WatchPartyChanged>().Party;
        (party.Id, party.HostId, party.Title, party.Description, party.InviteCode).ShouldBe((PartyId, "ann", "Film night", null, Code));
        (party.CreatedAt, party.StartedAt, party.EndedAt, party.ParticipantCount).ShouldBe((T0, null, null, 1));
        party.Items.ShouldBe([Item(1)]);
        party.Playback.ItemId.ShouldBe(Item(1).ItemId);
        Seats().ShouldBe("ann:H");
    }

    [Fact]
    public void Events_say_where_the_party_was()
    {
        When(Create());
        ThenRaised<WatchPartyCreated>().Moment.ShouldBe(new WatchMoment(PartyId, Item(1).ItemId, 0, Playing: false));
    }

    [Fact]
    public void It_is_created_once()
    {
        Given(Create());
        When(Create());
        ThenRejected(WatchErrorCodes.WatchPartyExists);
    }

    [Theory]
    [InlineData("", "watch_title_invalid", "title")]
    [InlineData("\u202E", "watch_title_invalid", "title")]
    public void Refuses_a_title_nobody_can_read(string title, string code, string field)
    {
        When(Create() with { Title = title });
        ThenRejected(code, field);
    }

    [Fact]
    public void Refuses_settings_out_of_their_bounds()
    {
        When(Create(new WatchSettings { ParticipantsMax = 1 }));
        ThenRejected(WatchErrorCodes.ParticipantsMaxInvalid, "max_participants");
        When(Create(new WatchSettings { ParticipantsMax = 1_001 }));
        ThenRejected(WatchErrorCodes.ParticipantsMaxInvalid, "max_participants");
        When(Create(new WatchSettings { SlowModeSeconds = 301 }));
        ThenRejected(WatchErrorCodes.SlowModeInvalid, "slow_mode_seconds");
        When(Create(new WatchSettings { ReadySeconds = 0 }));
        ThenRejected(WatchErrorCodes.ReadySecondsInvalid, "ready_seconds");
        When(Create(new WatchSettings { SkipPercent = 101 }));
        ThenRejected(WatchErrorCodes.SkipPercentInvalid, "skip_percent");
        When(Create(new WatchSettings { Visibility = (WatchVisibility)9 }));
        ThenRejected(WatchErrorCodes.VisibilityInvalid, "visibility");
        When(Create(new WatchSettings { Controls = (WatchControls)9 }));
        ThenRejected(WatchErrorCodes.ControlsInvalid, "controls");
    }

    [Fact]
    public void Refuses_a_playlist_that_is_too_long_or_names_an_item_twice_or_wrongly()
    {
        When(Create() with { Items = [Item(1), Item(1)] });
        ThenRejected(WatchErrorCodes.MediaItemExists, "items");
        When(Create() with { Items = [.. Enumerable.Range(1, WatchLimits.ItemsMax + 1).Select(n => Item(n))] });
        ThenRejected(WatchErrorCodes.PlaylistFull, "items");
        When(Create() with { Items = [Item(1), Item(2) with { Url = "file:///etc/passwd" }] });
        ThenRejected(
            WatchErrorCodes.MediaItemInvalid,
            "items[1].url",
            "items[1].url must be an http or https address of at most 2000 characters");
    }

    [Fact]
    public void A_decision_seats_everybody_who_made_it()
    {
        When(Create() with
        {
            Seats = [new OriginSeat(Person("bob"), "b"), new OriginSeat(new WatchPerson("gus", "Gus", IsGuest: true), "g")],
            Origin = new WatchOrigin("party", "movie-night", "a"),
            Settings = new WatchSettings { ParticipantsMax = 2 },
        });

        Seats().ShouldBe("ann:H bob:V gus:V");
        View().Settings.ParticipantsMax.ShouldBe(3);
        View().StartedAt.ShouldBe(T0);
        State.OriginSeats.ShouldBe(new Dictionary<string, string> { ["a"] = "ann", ["b"] = "bob", ["g"] = "gus" });
    }

    [Fact]
    public void Refuses_to_seat_somebody_twice()
    {
        When(Create() with { Seats = [new OriginSeat(Person("ann"), "b")], Origin = new WatchOrigin("party", "p", "a") });
        ThenRejected(WatchErrorCodes.ParticipantsMaxInvalid, "seats");
        When(Create() with { Seats = [new OriginSeat(Person("bob"), "a")], Origin = new WatchOrigin("party", "p", "a") });
        ThenRejected(WatchErrorCodes.ParticipantsMaxInvalid, "seats");
    }

    [Fact]
    public void The_host_changes_what_is_given_and_nothing_else()
    {
        GivenParty("bob");
        var settings = new WatchSettings { Visibility = WatchVisibility.Public, SlowModeSeconds = 30 };
        When(new UpdateWatchParty(At(2), As("ann"), null, "With popcorn", settings, null));
        var e = ThenRaised<WatchPartyUpdated>();
        (e.Title, e.Description, e.Settings, e.By).ShouldBe(("Film night", "With popcorn", settings, "ann"));

        When(new UpdateWatchParty(At(3), As("ann"), "Film night", "", null, null));
        ThenRaised<WatchPartyUpdated>().Description.ShouldBeNull();
        When(new UpdateWatchParty(At(4), As("ann"), "Film night", null, settings, null));
        ThenRaised();
        When(new UpdateWatchParty(At(5), As("bob"), "Mine", null, null, null));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
        When(new UpdateWatchParty(At(6), Admin, "Theirs", null, null, null));
        ThenRaised<WatchPartyUpdated>().By.ShouldBeNull();
    }

    [Fact]
    public void A_password_is_asked_from_the_creation_on_and_stored_with_it()
    {
        When(Create() with { PasswordHash = "hash one", Title = " Film night " });
        ThenRaised(nameof(WatchPartyCreated), nameof(WatchPartyUpdated));
        var protectedBy = ThenRaised<WatchPartyUpdated>();
        (protectedBy.Title, protectedBy.Password, protectedBy.PasswordVersion, protectedBy.By)
            .ShouldBe(("Film night", new WatchPassword("hash one", 1), 1, "ann"));
        ThenReplied<WatchPartyChanged>().Party.HasPassword.ShouldBeTrue();
        When(Join("bob"));
        ThenRejected(WatchErrorCodes.PasswordRequired);
        When(Join("bob", password: 1));
        ThenRaised<ParticipantJoined>();

        State = Entity.Initial(PartyId);
        When(Create() with { PasswordHash = "" });
        ThenRaised(nameof(WatchPartyCreated));
    }

    [Fact]
    public void Each_new_password_counts_and_none_is_shown()
    {
        GivenParty();
        Given(new UpdateWatchParty(At(2), As("ann"), null, null, null, "hash one"));
        State.Password.ShouldBe(new WatchPassword("hash one", 1));
        Given(new UpdateWatchParty(At(3), As("ann"), null, null, null, "hash two"));
        State.Password.ShouldBe(new WatchPassword("hash two", 2));
        View().HasPassword.ShouldBeTrue();
        Given(new UpdateWatchParty(At(4), As("ann"), null, null, null, ""));
        State.Password.ShouldBeNull();
        Given(new UpdateWatchParty(At(5), As("ann"), null, null, null, "hash three"));
        State.Password.ShouldBe(new WatchPassword("hash three", 4));
    }

    [Fact]
    public void The_host_ends_it_and_everybody_is_disconnected()
    {
        GivenParty("bob");
        Given(Connect("ann", 2), Connect("bob", 3));
        When(new EndWatchParty(At(10), As("bob")));
        ThenRejected(WatchErrorCodes.WatchHostOnly, message: "unauthorized: only host can end the party");

        When(new EndWatchParty(At(61), As("ann")));
        ThenRaised(nameof(WatchPartyEnded));
        var e = ThenRaised<WatchPartyEnded>();
        (e.By, e.ByName, e.DurationMs).ShouldBe(("ann", "ann", 60_000));
        e.Watched.Select(one => one.MemberId).ShouldBe(["ann", "bob"]);
        Entity.EndsFeed(e).ShouldBeTrue();
        Entity.ConnectedMembers(State).ShouldBeEmpty();
        Entity.Deadline(State).ShouldBeNull();
        Entity.MayFollow(State, "bob").ShouldBeFalse();
        View().EndedAt.ShouldBe(At(61));

        When(new EndWatchParty(At(62), As("ann")));
        ThenRaised();
        When(Disconnect("bob", 63));
        ThenRaised();
    }

    [Fact]
    public void What_needs_a_party_that_goes_on_is_refused_when_it_has_ended()
    {
        GivenParty("bob");
        Given(new EndWatchParty(At(10), As("ann")));
        When(Join("cy", 11));
        ThenRejected(WatchErrorCodes.WatchPartyNotFound);
        When(new SendWatchMessage(At(11), As("bob"), "Hello?"));
        ThenRejected(WatchErrorCodes.WatchPartyEnded);
        When(Ask("gus", 11));
        ThenRejected(WatchErrorCodes.WatchPartyEnded);
        When(new Play(At(11), As("ann")));
        ThenRejected(WatchErrorCodes.WatchPartyEnded);
        When(new LeaveWatchParty(At(12), As("bob")));
        ThenRaised(nameof(ParticipantLeft));
    }

    [Fact]
    public void An_ended_party_begins_again_with_its_people_code_and_playlist()
    {
        GivenParty("bob");
        When(new RestartWatchParty(At(5), As("ann")));
        ThenRejected(WatchErrorCodes.WatchPartyNotEnded);
        Given(new EndWatchParty(At(10), As("ann")));
        When(new RestartWatchParty(At(11), As("bob")));
        ThenRejected(WatchErrorCodes.WatchHostOnly);

        When(new RestartWatchParty(At(100), As("ann")));
        ThenRaised(nameof(WatchPartyRestarted));
        var party = ThenReplied<WatchPartyChanged>().Party;
        (party.InviteCode, party.StartedAt, party.EndedAt).ShouldBe((Code, At(100), null));
        Seats().ShouldBe("ann:H bob:V");
        Entity.MayFollow(State, "bob").ShouldBeTrue();
        Entity.Deadline(State).ShouldBe(At(100).AddHours(24));
    }

    [Fact]
    public void Nothing_is_left_of_a_deleted_party()
    {
        GivenParty("bob");
        Given(new InviteToWatchParty(At(2), As("ann"), Person("cy")));
        When(new DeleteWatchParty(At(3), As("bob")));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
        When(new DeleteWatchParty(At(3), As("ann")));
        var e = ThenRaised<WatchPartyDeleted>();
        e.Members.ShouldBe(["ann", "bob", "cy"], ignoreOrder: true);
        Entity.EndsFeed(e).ShouldBeTrue();
        Refusal(new GetWatchParty(As("ann"), At(4))).ShouldBe(WatchErrorCodes.WatchPartyNotFound);
        When(Join("bob", 5));
        ThenRejected(WatchErrorCodes.WatchPartyNotFound);
        When(Create());
        ThenRejected(WatchErrorCodes.WatchPartyExists);
    }

    [Fact]
    public void A_fingerprint_comes_back_with_the_reply()
    {
        When(Create() with { Fingerprint = "f1" });
        ThenReplied<WatchPartyChanged>().Fingerprint.ShouldBe("f1");
        When(new LeaveWatchParty(At(1), As("ann")) { Fingerprint = "f2" });
        ThenReplied<WatchDone>().Fingerprint.ShouldBe("f2");
    }

    [Fact]
    public void An_unknown_event_or_command_is_an_error()
    {
        GivenParty();
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Evolve(State, new Unheard(T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Decide(State, new Asked(T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Answer(State, "what?"));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Answer(State, new Wondered(As("ann"), T0)));
    }

    private sealed record Unheard(DateTimeOffset At) : WatchEvent(At);

    private sealed record Asked(DateTimeOffset At) : WatchCommand(At);

    private sealed record Wondered(WatchActor Actor, DateTimeOffset At) : WatchQuery(Actor, At);
}
