using System.Globalization;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>That chance is fair and that nobody is forgotten.</summary>
public sealed class SelectionProperties
{
    private const int Draws = 100_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_item_is_drawn_as_often_as_its_weight_says(int seed)
    {
        // Scores from -3 to 12: weights 1 (four times), 3, 5, ... 25. The limit is that of chi-square with 15 degrees of freedom at 0.1 %.
        const double Limit = 37.70;
        var random = new Random(seed);
        List<long> weights = [.. Enumerable.Range(-3, 16).Select(RoomSelection.WeightOf)];
        var total = weights.Sum();
        var drawn = new int[weights.Count];
        for (var n = 0; n < Draws; n++)
        {
            drawn[RoomSelection.Draw(weights, (ulong)random.NextInt64(long.MinValue, long.MaxValue)).Place]++;
        }

        var chiSquare = weights.Select((weight, place) =>
        {
            var expected = (double)Draws * weight / total;
            return (drawn[place] - expected) * (drawn[place] - expected) / expected;
        }).Sum();
        chiSquare.ShouldBeLessThan(Limit, string.Join(' ', drawn.Select(n => n.ToString(CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Every_ticket_has_the_same_share_of_all_random_numbers()
    {
        long[] weights = [3, 1, 5];
        for (long ticket = 0; ticket < 9; ticket++)
        {
            var first = (ulong)((((UInt128)ticket << 64) + 8) / 9);
            RoomSelection.Draw(weights, first).Ticket.ShouldBe(ticket);
            if (ticket > 0)
            {
                RoomSelection.Draw(weights, first - 1).Ticket.ShouldBe(ticket - 1);
            }
        }
    }

    [Fact]
    public void A_score_below_zero_weighs_as_much_as_none() =>
        new[] { -200, -1, 0, 1, 2, 200 }.Select(RoomSelection.WeightOf).ShouldBe([1, 1, 1, 3, 5, 401]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_turns_of_those_with_films_in_the_queue_differ_by_at_most_one_whoever_comes_and_goes(int seed)
    {
        var random = new Random(seed);
        var room = new Table();
        for (var step = 0; step < 3_000; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    room.Add($"u{random.Next(12)}");
                    break;
                case 2:
                    room.Remove(random);
                    break;
                default:
                    room.PickAndWatch();
                    break;
            }

            room.Spread.ShouldBeLessThanOrEqualTo(1, $"step {step}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(17)]
    public void Who_is_there_from_the_beginning_is_served_as_often_as_the_others(int people)
    {
        var room = new Table();
        var served = new int[people];
        for (var n = 0; n < people; n++)
        {
            room.Add($"u{n}");
        }

        for (var pick = 0; pick < people * 20; pick++)
        {
            var turn = int.Parse(room.PickAndWatch()!.AsSpan(1), CultureInfo.InvariantCulture);
            served[turn]++;
            room.Add($"u{turn}");
            (served.Max() - served.Min()).ShouldBeLessThanOrEqualTo(1, $"pick {pick}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Newcomers_without_end_starve_nobody(int newcomersAtOnce)
    {
        var room = new Table();
        room.Add("old");
        room.PickAndWatch().ShouldBe("old");
        room.Add("old");
        var waits = new List<int> { 0 };
        for (var n = 0; n < newcomersAtOnce; n++)
        {
            room.Add($"new{n}");
        }

        for (var n = newcomersAtOnce; n < 1_000; n++)
        {
            if (room.PickAndWatch() == "old")
            {
                room.Add("old");
                waits.Add(0);
            }
            else
            {
                waits[^1]++;
                room.Add($"new{n}");
            }
        }

        waits.Count.ShouldBeGreaterThan(20);
        waits.Max().ShouldBeLessThanOrEqualTo(2 * (newcomersAtOnce + 1));
    }

    [Fact]
    public void Several_newcomers_go_before_who_was_served_before()
    {
        var room = new Table();
        room.Add("old");
        room.PickAndWatch();
        foreach (var userId in new[] { "old", "new1", "new2", "new3" })
        {
            room.Add(userId);
        }

        new[] { room.PickAndWatch(), room.PickAndWatch(), room.PickAndWatch(), room.PickAndWatch() }
            .ShouldBe(["new1", "new2", "new3", "old"]);
    }

    /// <summary>An open room in which films are added, removed, picked in turn and watched.</summary>
    private sealed class Table
    {
        private RoomState _state = RoomSpec.Entity.Initial(RoomSpec.RoomId);
        private int _films;

        public Table() => Do(RoomSpec.Create("ann"));

        public long Spread
        {
            get
            {
                var turns = _state.Figures.Where(row => row.Value.Queued > 0).Select(row => row.Value.Turns).ToList();
                return turns.Count == 0 ? 0 : turns.Max() - turns.Min();
            }
        }

        public void Add(string userId)
        {
            if (_state.Active.Count < 100)
            {
                Do(new AddItem(RoomSpec.T0, RoomSpec.Open(), userId, $"Film {_films++}", ItemDetails.None));
            }
        }

        public void Remove(Random random)
        {
            if (!_state.Active.IsEmpty)
            {
                var item = _state.Active.ElementAt(random.Next(_state.Active.Count)).Value;
                Do(new RemoveItem(RoomSpec.T0, RoomSpec.Open(), item.Facts.Id));
            }
        }

        public string? PickAndWatch()
        {
            if (_state.Active.IsEmpty)
            {
                return null;
            }

            var picked = (ItemSelected)Do(new SelectItem(RoomSpec.T0, RoomSpec.Open(), SelectionMode.RoundRobin, 0));
            Do(new MarkWatched(RoomSpec.T0, RoomSpec.Open(), picked.Item.Id, null));
            picked.Selection.Turn.ShouldBe(picked.Item.AddedBy);
            return picked.Selection.Turn;
        }

        private object Do(RoomCommand command)
        {
            var decision = RoomSpec.Entity.Decide(_state, command);
            decision.Rejection.ShouldBeNull();
            _state = decision.Events.Aggregate(_state, RoomSpec.Entity.Evolve);
            return decision.Reply!;
        }
    }
}
