using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class SeenWindowTests
{
    [Fact]
    public void Knows_each_number_again_within_its_width_and_takes_older_ones_for_seen()
    {
        var window = new SeenWindow();
        var random = new Random(7);
        HashSet<long> seen = [];
        var highest = 100_000_000L;
        window.IsNew(highest).ShouldBeTrue();
        seen.Add(highest);
        for (var i = 0; i < 500_000; i++)
        {
            var number = random.Next(20) == 0 ? highest + random.Next(1, 3_000) : highest - random.Next(0, 200);
            highest = Math.Max(highest, number);
            window.IsNew(number).ShouldBe(seen.Add(number));
        }

        window.IsNew(highest - SeenWindow.Width).ShouldBeFalse();
        window.IsNew(highest + (10L * SeenWindow.Width)).ShouldBeTrue();
        window.IsNew(highest).ShouldBeFalse();
        window.IsNew(-1).ShouldBeFalse();
    }

    [Fact]
    public void The_first_number_may_be_any()
    {
        new SeenWindow().IsNew(0).ShouldBeTrue();
        new SeenWindow().IsNew(long.MaxValue).ShouldBeTrue();
    }

    [Fact]
    public void A_number_that_comes_late_for_the_first_time_is_new()
    {
        var window = new SeenWindow();
        window.IsNew(10).ShouldBeTrue();
        window.IsNew(10 + SeenWindow.Width - 1).ShouldBeTrue();
        window.IsNew(11).ShouldBeTrue();
        window.IsNew(11).ShouldBeFalse();
        window.IsNew(10).ShouldBeFalse();
    }
}
