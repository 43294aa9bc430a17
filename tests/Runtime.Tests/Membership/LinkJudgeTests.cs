using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Tests.Membership;

/// <summary>Each node judges alone whether it is cut off: together they must come to one part that stays.</summary>
public sealed class LinkJudgeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void A_node_alone_is_not_cut_off() => StandingAfter(1, []).ShouldBe([1]);

    [Fact]
    public void The_smaller_part_is_cut_off_even_with_the_oldest_member() =>
        StandingAfter(3, [(1, 2), (1, 3)]).ShouldBe([2, 3]);

    [Fact]
    public void Of_two_equal_parts_the_one_with_the_oldest_member_stays()
    {
        StandingAfter(2, [(1, 2)]).ShouldBe([1]);
        StandingAfter(4, [(1, 2), (1, 4), (3, 2), (3, 4)]).ShouldBe([1, 3]);
    }

    [Fact]
    public void Where_two_miss_only_each_other_the_older_stays() =>
        StandingAfter(3, [(2, 3)]).ShouldBe([1, 2]);

    [Fact]
    public void A_short_interruption_changes_nothing()
    {
        var cluster = new Judges(3);
        cluster.Run([], Patience);
        cluster.Run([(1, 2), (1, 3)], Patience - Step);
        cluster.Active.ShouldBe([1, 2, 3]);
        cluster.Run([], Step);
        cluster.Run([(1, 2), (1, 3)], Patience - Step);
        cluster.Active.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Who_was_cut_off_comes_back_when_every_link_is_there()
    {
        var cluster = new Judges(3);
        cluster.Run([], Patience);
        cluster.Run([(1, 2), (1, 3)], Patience * 3);
        cluster.Run([(1, 2)], Patience);
        cluster.Active.ShouldBe([2, 3]);
        cluster.Run([], Step);
        cluster.Active.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_gap_in_its_own_view_is_not_held_against_a_link()
    {
        var judge = new LinkJudge(Patience);
        var members = new Judges(2).Members;
        judge.Observe(members[1].Node, members, _ => true, TimeSpan.Zero).ShouldBeFalse();
        judge.Observe(members[1].Node, members, _ => false, Step).ShouldBeFalse();
        judge.Observe(members[1].Node, members, _ => false, TimeSpan.FromHours(1)).ShouldBeFalse();
    }

    [Fact]
    public void A_new_run_is_cut_off_until_it_has_its_links()
    {
        var judge = new LinkJudge(Patience);
        var members = new Judges(2).Members;
        judge.Observe(members[0].Node, members, _ => false, TimeSpan.Zero).ShouldBeTrue();
        judge.IsNew.ShouldBeTrue("its links are about to come");
        judge.Observe(members[0].Node, members, _ => true, Step).ShouldBeFalse();
        judge.IsNew.ShouldBeFalse();
        judge.Restart();
        judge.Observe(members[0].Node, members, _ => false, Step * 2).ShouldBeTrue();
        judge.IsNew.ShouldBeTrue();
    }

    private static IReadOnlyList<long> StandingAfter(int count, IReadOnlyList<(long One, long Other)> missing)
    {
        var cluster = new Judges(count);
        cluster.Run([], Step * 2);
        cluster.Active.Count.ShouldBe(count);
        cluster.Run(missing, Patience * 4);
        return cluster.Active;
    }

    /// <summary>One judge per node, and the standing that each has given itself.</summary>
    private sealed class Judges
    {
        private readonly List<LinkJudge> _judges;
        private TimeSpan _now;

        public Judges(int count)
        {
            _judges = [.. Enumerable.Range(1, count).Select(_ => new LinkJudge(Patience))];
            Members =
            [
                .. Enumerable.Range(1, count)
                    .Select(run => new MemberRecord(new NodeIdentity($"n{run}", run, "there"), 0, MemberStanding.Active, 1)),
            ];
        }

        public List<MemberRecord> Members { get; }

        public IReadOnlyList<long> Active =>
            [.. Members.Where(member => member.Standing == MemberStanding.Active).Select(member => member.Node.Incarnation)];

        public void Run(IReadOnlyList<(long One, long Other)> missing, TimeSpan by)
        {
            for (var passed = TimeSpan.Zero; passed < by; passed += Step, _now += Step)
            {
                for (var i = 0; i < Members.Count; i++)
                {
                    var self = Members[i].Node.Incarnation;
                    var isCutOff = _judges[i].Observe(
                        Members[i].Node, Members, peer => !missing.Contains((self, peer)) && !missing.Contains((peer, self)), _now);
                    Members[i] = Members[i] with { Standing = isCutOff ? MemberStanding.CutOff : MemberStanding.Active };
                }
            }
        }
    }
}
