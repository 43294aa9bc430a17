using AkkaParty.Node.Opening;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Node.Tests.Opening;

public sealed class OpeningSeatsTests
{
    [Fact]
    public void Everybody_has_a_seat_and_the_host_is_the_first()
    {
        var seats = Seats(new("a", "Ann"), new("h", "Hal"), new("z", "Zoë"));

        seats.Select(seat => (seat.OriginMember, seat.Person.Name)).ShouldBe([("h", "Hal"), ("a", "Ann"), ("z", "Zoë")]);
        seats.ShouldAllBe(seat => seat.Person.IsGuest);
        seats.Select(seat => seat.Person.MemberId).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void The_same_decision_gives_the_same_seats() =>
        Seats(new("a", "Ann"), new("h", "Hal")).ShouldBe(Seats(new("a", "Ann"), new("h", "Hal")));

    [Fact]
    public void Whoever_has_an_account_has_its_seat_once()
    {
        var seats = Seats(new("h", "Hal", "account-1"), new("p", "Phone of Hal", "account-1"));

        seats[0].Person.ShouldBe(new WatchPerson("account-1", "Hal"));
        seats[1].Person.IsGuest.ShouldBeTrue();
    }

    [Fact]
    public void Of_two_with_one_name_the_later_gets_a_number() =>
        Seats(new("h", "Ann"), new("b", "ann"), new("c", "Ann")).Select(seat => seat.Person.Name).ShouldBe(["Ann", "ann 2", "Ann 3"]);

    [Fact]
    public void A_name_is_as_long_as_a_seat_allows_with_its_number_too()
    {
        var name = new string('a', WatchInput.NameMax);

        var seats = Seats(new("h", name), new("b", name));

        seats[1].Person.Name.ShouldBe(new string('a', WatchInput.NameMax - 3) + "\u2026 2");
        seats.ShouldAllBe(seat => WatchInput.Validate(seat.Person) == null);
    }

    private static IReadOnlyList<OriginSeat> Seats(params OpeningSeat[] seats) => OpeningSeats.Of(new PendingOpening(
        "8edd89ad-4e1e-807c-9d43-a16b8773cb94",
        new WatchOrigin("party", "p1", "h"),
        "Friday",
        new MediaItem("i1", "Metropolis"),
        seats,
        DateTimeOffset.UnixEpoch));
}
