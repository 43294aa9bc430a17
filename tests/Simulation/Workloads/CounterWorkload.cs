using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>
/// Clients that add to counters. Each addition carries a note of its own, so that the journal tells how often it was applied.
/// </summary>
internal sealed class CounterWorkload(SimCluster cluster)
    : EntityWorkload<CounterState, CounterCommand, CounterEvent>(cluster, cluster.Plan.Counter, run => run.Counters)
{
    private readonly List<EntityAddress> _counters = [];
    private readonly List<Client> _clients = [];
    private readonly SortedDictionary<EntityAddress, long?> _announced = new(Comparer<EntityAddress>.Create(
        (one, other) => string.CompareOrdinal(one.Id, other.Id)));
    private EntityAddress _dozing;
    private DateTimeOffset? _lastAlarm;
    private int _notes;
    private int _guests;
    private int _announcements;

    protected override object ProbeQuery => GetValue.Instance;

    protected override CounterCommand TouchCommand => new Add(0);

    public override void Start()
    {
        for (var i = 0; i < Cluster.Plan.Counters; i++)
        {
            _counters.Add(Add($"c{i}-{Random.Below(10_000)}"));
        }

        _dozing = Add($"dozing-{Random.Below(10_000)}");
        for (var i = 0; i < Cluster.Plan.Followers; i++)
        {
            var audience = Random.Pick(["public", "member"]);
            Follow(Random.Pick(_counters), audience, Random.Chance(0.5) ? $"m{i}" : null, Random.Chance(0.8) ? 0 : null);
        }

        for (var i = 0; i < Cluster.Plan.Clients; i++)
        {
            var client = new Client($"client-{i}", this);
            _clients.Add(client);
            Cluster.World.After(Random.Milliseconds(0, 500), client.Step);
        }
    }

    public override void Stop()
    {
        base.Stop();
        _lastAlarm = SimCluster.WholeMs(Cluster.ClusterNow + LastDueIn);
        var session = NewSession("last-alarm");
        _counters.ForEach(counter => session.Command(counter, new SetAlarm(_lastAlarm), withId: true));
    }

    /// <summary>Stores something in every counter that everybody sees.</summary>
    public void Announce()
    {
        var session = NewSession($"announcement-{++_announcements}");
        _announced.Clear();
        foreach (var counter in _counters)
        {
            _announced[counter] = null;
            session.Command(counter, new Add(1, $"announcement-{_announcements}"), withId: true, told =>
                _announced[counter] = told.Result?.Seq);
        }
    }

    /// <summary>Who has not seen what was announced last.</summary>
    public IEnumerable<string> Unseen()
    {
        foreach (var (counter, seq) in _announced)
        {
            if (seq is null)
            {
                yield return $"{counter}: the announcement is not stored";
            }
        }

        foreach (var follower in Followers.Where(follower => !follower.IsExpelled && follower.Last < _announced[follower.Address]))
        {
            yield return $"{follower.Name} is at {follower.Last} and has not seen {_announced[follower.Address]}";
        }
    }

    /// <summary>Asks a node about every counter, in whatever state it is: it may refuse, and not answer what is out of date.</summary>
    public void Ask(NodeRun run, int times)
    {
        foreach (var counter in Enumerable.Repeat(_counters, times).SelectMany(counters => counters))
        {
            var heard = Cluster.Ledger.Heard(counter);
            run.Ask(run.Counters, counter.Id, GetValue.Instance, null, isQuery: true, seqMin: 0, result =>
            {
                if (result is { Outcome: AskOutcome.Replied } answer && answer.Seq < heard)
                {
                    Cluster.World.Violate(
                        $"{counter}: {run.Process.Name} answered at {answer.Seq} from stale memory: {heard} had been acknowledged "
                        + "before it was asked");
                }
            });
        }
    }

    /// <summary>Adds to a counter that nobody else uses, at its home, about when it leaves memory; again and again.</summary>
    public void Rouse(int times, Action<CommandRecord> asked)
    {
        var idle = Cluster.Plan.Counter.Idle;
        var random = Random.Fork($"rouse-{times}");
        var session = NewSession("rouse", random, random.Between(TimeSpan.Zero, idle * 0.04));
        asked(session.Command(_dozing, new Add(1, $"rouse-{times}"), withId: false, _ =>
        {
            if (times > 1)
            {
                Cluster.World.After(idle * 0.98, () => Rouse(times - 1, asked));
            }
        }));
    }

    /// <summary>Adds to one of the counters, with a command that cannot be sent again.</summary>
    public CommandRecord AddOnce()
    {
        var session = NewSession("once", Random.Fork($"once-{++_announcements}"));
        return session.Command(Random.Pick(_counters), new Add(1, $"once-{_announcements}"), withId: false);
    }

    public override IEnumerable<string> Unsettled()
    {
        foreach (var what in base.Unsettled())
        {
            yield return what;
        }

        if (Cluster.StoreClockJumped)
        {
            yield break;
        }

        foreach (var waits in Histories.Where(history => history.Last.Alarm is { } alarm && alarm == _lastAlarm))
        {
            if (_lastAlarm < Cluster.ClusterNow - LateMax)
            {
                Cluster.World.Violate(
                    $"{waits.Address}: the alarm of {_lastAlarm:HH:mm:ss.fff} is late: it is {Cluster.ClusterNow:HH:mm:ss.fff}");
            }

            yield return $"{waits.Address}: the last alarm has not passed";
        }
    }

    public override void Check()
    {
        base.Check();
        foreach (var history in Histories)
        {
            var notes = new Dictionary<string, long>();
            for (var seq = 1; seq <= history.Head; seq++)
            {
                if (history.EventAt(seq) is Added { Note.Length: > 0 } added && !notes.TryAdd(added.Note, seq))
                {
                    Cluster.World.Violate($"{history.Address}: {added.Note} was applied twice, at {notes[added.Note]} and {seq}");
                }
            }
        }
    }

    private sealed class Client(string name, CounterWorkload workload)
    {
        private readonly ClientSession _session = workload.NewSession(name);
        private readonly SimRandom _random = workload.Random.Fork(name);
        private readonly Dictionary<EntityAddress, long> _heard = [];
        private readonly List<CommandRecord> _acknowledged = [];

        private SimCluster Cluster => workload.Cluster;

        public void Step()
        {
            if (workload.IsOver)
            {
                return;
            }

            for (var burst = _random.Chance(0.1) ? _random.Between(2, 12) : 1; burst > 0 && _session.MayIssue; burst--)
            {
                Issue(_random.Pick(workload._counters));
            }

            Cluster.World.After(_random.Milliseconds(20, 900), Step);
        }

        private void Issue(EntityAddress counter)
        {
            switch (_random.Below(100))
            {
                case < 17:
                    Look(counter);
                    break;
                case < 24 when _acknowledged.Count > 0:
                    _session.Repeat(_random.Pick(_acknowledged));
                    break;
                case < 30:
                    Send(counter, new AddMany(_random.Between(1, 3), _random.Between(2, 5)), withId: true);
                    break;
                case < 38:
                    Send(counter, new Add(-_random.Between(1, 40), Note()), withId: _random.Chance(0.8));
                    break;
                case < 43:
                    Send(counter, new Add(0, Note()), withId: true);
                    break;
                case < 51:
                    Send(counter, new SetAlarm(Alarm()), withId: true);
                    break;
                case < 53:
                    Send(counter, new Pin(_random.Chance(0.3)), withId: true);
                    break;
                case < 56:
                    Invite(counter);
                    break;
                case < 60:
                    Cheer(counter);
                    break;
                default:
                    Send(counter, new Add(_random.Between(1, 9), Note()), withId: _random.Chance(0.8));
                    break;
            }
        }

        private void Send(EntityAddress counter, CounterCommand command, bool withId) =>
            _session.Command(counter, command, withId, Settled);

        private void Settled(CommandRecord command)
        {
            if (command.Result is not { } result)
            {
                return;
            }

            Hear(command.Address, result.Seq);
            if (!command.IsQuery && _random.Chance(0.2))
            {
                var friend = _random.Pick(workload._clients);
                Cluster.World.After(_random.Milliseconds(0.1, 100), () => friend.BeTold(command.Address, result.Seq));
            }

            if (command.IsAcknowledged && command.Id is not null && command.Message is not Add { Amount: 0 })
            {
                _acknowledged.Add(command);
            }
        }

        private void Look(EntityAddress counter)
        {
            Cluster.Coverage.Add(Seen.QueryAnswered);
            _session.Query(counter, GetValue.Instance, _heard.GetValueOrDefault(counter), Settled);
        }

        private void Hear(EntityAddress counter, long seq) => _heard[counter] = Math.Max(_heard.GetValueOrDefault(counter), seq);

        /// <summary>Another client has heard of something, and this one looks at it, wherever it is connected.</summary>
        private void BeTold(EntityAddress counter, long seq)
        {
            Hear(counter, seq);
            Look(counter);
        }

        /// <summary>Somebody comes to stay for a while, and is shut out.</summary>
        private void Invite(EntityAddress counter)
        {
            var guest = $"guest-{++workload._guests}";
            workload.Follow(counter, "public", guest, 0);
            Cluster.World.After(
                _random.Milliseconds(100, 3_000), () => _session.Command(counter, new Ban(guest), withId: true));
        }

        private void Cheer(EntityAddress counter)
        {
            if (Cluster.PickRun(_random) is { } run)
            {
                run.Do(() => run.Counters.Signal(counter.Id, new Cheer(name)));
            }
        }

        private string Note() => $"{name}/{++workload._notes}";

        private DateTimeOffset? Alarm()
        {
            var at = Cluster.TrueTime + _random.Milliseconds(200, 12_000);
            return _random.Chance(0.1) ? null : SimCluster.WholeMs(at);
        }
    }
}
