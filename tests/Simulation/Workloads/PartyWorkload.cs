using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Simulation.Checkers;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>People who join a party, nominate, vote and rank at random, with short deadlines so that those fire too.</summary>
internal sealed class PartyWorkload(SimCluster cluster)
    : EntityWorkload<PartyState, PartyCommand, PartyEvent>(cluster, new PartyEntity(), run => run.Parties)
{
    private EntityAddress _party;
    private int _people;

    protected override object ProbeQuery => new GetParty();

    protected override PartyCommand TouchCommand => new SeenParticipant(Cluster.TrueTime, new Caller("nobody", "none"));

    public override void Start()
    {
        _party = Add($"party-{Random.Below(10_000)}");
        for (var i = 0; i < Cluster.Plan.PartyPeople; i++)
        {
            var person = new Voter($"person-{i}", this, isFirst: i == 0);
            Cluster.World.After(i == 0 ? TimeSpan.Zero : Random.Milliseconds(500, 2_500), person.Step);
        }
    }

    /// <summary>Somebody in the party, under a new id each time they come in.</summary>
    private sealed class Voter(string name, PartyWorkload workload, bool isFirst)
        : Person(workload.Cluster, workload.NewSession(name), workload.Random.Fork(name), () => workload.IsOver)
    {
        private Caller? _caller;
        private bool _hasAsked;

        protected override void Act()
        {
            if (_caller is not null)
            {
                Act(_caller);
            }
            else if (!_hasAsked)
            {
                Enter();
            }
        }

        private void Enter()
        {
            _hasAsked = true;
            var number = ++workload._people;
            var caller = new Caller($"u{number}", $"{FeedChecker<PartyState, PartyCommand, PartyEvent>.Secret}{name}-{number}");
            var at = Now();
            var expires = at.AddDays(1);
            PartyCommand command = isFirst && workload._people == 1
                ? new CreateParty(at, "Friday", caller.UserId, name, caller.TokenHash, expires, Options())
                : new JoinParty(at, caller.UserId, name, caller.TokenHash, expires);
            Session.Command(workload._party, command, withId: true, entered =>
            {
                _hasAsked = false;
                Hear(entered, isStored: true);
                if (entered.IsAcknowledged)
                {
                    _caller = caller;
                    workload.Follow(workload._party, PartyAddress.MemberAudience, caller.UserId, Random.Chance(0.5) ? 0 : null);
                }
            });
        }

        private void Act(Caller caller)
        {
            switch (Random.Below(20))
            {
                case 0:
                    Session.Query(workload._party, new GetParty(), LastHeard);
                    break;
                case 1:
                    Session.Query(workload._party, new AuthenticateCaller(caller.TokenHash, Now()), LastHeard);
                    break;
                case 2:
                    Session.Query(workload._party, new GetOwnBallot(caller, Now()), LastHeard);
                    break;
                case 3:
                    RepeatSomething();
                    break;
                case 4:
                    React(caller);
                    break;
                default:
                    Session.Command(workload._party, Choose(caller), withId: true, settled => Acted(settled, caller));
                    break;
            }
        }

        private PartyCommand Choose(Caller caller) => Random.Below(60) switch
        {
            < 6 => new StartNomination(Now(), caller),
            < 16 => new SuggestMovie(Now(), caller, Film()),
            < 28 => new VoteNomination(Now(), caller, Random.Chance(0.7) ? "yay" : "nay"),
            < 30 => new CloseNomination(Now(), caller),
            < 32 => new WithdrawNomination(Now(), caller, Film().Id),
            < 36 => new FinalizeNominations(Now(), caller),
            < 44 => new SubmitRanking(Now(), caller, [Film().Id]),
            < 46 => new CloseRanking(Now(), caller),
            < 49 => new SetRankingDeadline(Now(), caller, Now() + Random.Milliseconds(500, 6_000)),
            < 52 => new RestartParty(Now(), caller),
            < 54 => new TransferHost(Now(), caller, Somebody()),
            < 56 => new RemoveParticipant(Now(), caller, Somebody()),
            < 58 => new LeaveParty(Now(), caller),
            _ => new SeenParticipant(Now(), caller),
        };

        private void Acted(CommandRecord command, Caller caller)
        {
            Hear(command, isStored: false);
            var isOut = (command.IsAcknowledged && command.Message is LeaveParty)
                || command.Result?.Rejection?.Code == PartyErrorCodes.InvalidToken;
            if (isOut && _caller == caller)
            {
                _caller = null;
            }
        }

        private void React(Caller caller)
        {
            if (Cluster.PickRun(Random) is { } run)
            {
                run.Do(() => run.Parties.Signal(workload._party.Id, new PartyReaction(caller, Now(), "hm")));
            }
        }

        private PartyOptions Options() => new(
            ParticipantsMax: 20,
            NominationSeconds: Random.Between(1, 5),
            AwaySeconds: Random.Between(1, 12),
            HostAwaySeconds: Random.Between(2, 15),
            SilentSeconds: Random.Between(3, 30));

        private Movie Film()
        {
            var number = Random.Between(1, 4);
            return new Movie($"{number}", $"Film {number}", "1927", "");
        }

        private string Somebody() => $"u{Random.Between(1, workload._people)}";

        private DateTimeOffset Now() => SimCluster.WholeMs(Cluster.TrueTime);
    }
}
