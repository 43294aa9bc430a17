using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Workloads;

internal sealed partial class WatchPartyWorkload
{
    /// <summary>Somebody at a watch party, whenever they are let in.</summary>
    private sealed partial class Viewer(string name, WatchPartyWorkload workload, EntityAddress party, bool isGuest)
        : Person(workload.Cluster, workload.NewSession(name), workload.Random.Fork(name), () => workload.IsOver)
    {
        private WatchActor? _actor;
        private RequestGuestAccess? _request;
        private Follower? _follower;
        private bool _isEntering;
        private bool _awaitsWelcome;
        private int _number;

        public EntityAddress Party => party;

        public bool IsGuest => isGuest;

        public WatchPerson Account { get; } = new(name, name);

        /// <summary>Their client wants to be waited for, and will not be ready.</summary>
        public Func<DateTimeOffset, WatchCommand> Waits =>
            now => new ReportClient(now, _actor ?? WatchActor.Nobody, WatchStatus.Buffering, ReportsReady: true, null, null);

        private string Browser => $"{Secret}browser-{name}";

        protected override void Act()
        {
            if (Cluster.Stamp(Random) is not { } now)
            {
                return;
            }

            if (_actor is { } actor)
            {
                Act(actor, now);
            }
            else if (!_isEntering)
            {
                _isEntering = true;
                Enter(now);
            }
        }

        private void Enter(DateTimeOffset now)
        {
            if (!isGuest)
            {
                var code = Random.Chance(0.8) ? Code : null;
                Ask(new JoinWatchParty(now, new WatchActor(name), Account, code, false, null, null, Browser), joined =>
                {
                    _isEntering = false;
                    Enters(joined, new WatchActor(name));
                    if (joined.Result?.Rejection is not null && Random.Chance(0.5))
                    {
                        Ask(new RequestWatchAccess(now, new WatchActor(name), Account, null));
                    }
                });
            }
            else if (_request is { } request && Random.Chance(0.9))
            {
                Claim(request, now);
            }
            else
            {
                var id = $"{name}-{++_number}";
                _request = new RequestGuestAccess(now, $"r-{id}", $"{Secret}{id}", $"g-{id}", $"Guest {id}", null, Browser);
                Ask(_request, asked =>
                {
                    _isEntering = false;
                    _request = asked.IsAcknowledged ? _request : null;
                    workload._requests.Add($"r-{id}");
                });
            }
        }

        private void Claim(RequestGuestAccess request, DateTimeOffset now)
        {
            var token = Token(now);
            Ask(new ClaimGuestAccess(now, request.RequestId, request.SecretHash, token), claimed =>
            {
                _isEntering = false;
                Enters(claimed, new WatchActor(request.MemberId, token.Hash));
                if (claimed.Result?.Rejection?.Code is WatchErrorCodes.WatchBanned or WatchErrorCodes.WatchKicked)
                {
                    // Under another name, then.
                    _request = null;
                }
            });
        }

        private void Enters(CommandRecord entered, WatchActor actor)
        {
            if (entered.IsAcknowledged)
            {
                _actor = actor;
                workload._members.Add(actor.MemberId!);
                Follow();
            }
        }

        private void Act(WatchActor actor, DateTimeOffset now)
        {
            var leader = Random.Chance(0.5) ? Admin : actor;
            switch (Random.Below(100))
            {
                case < 3:
                    Session.Query(party, new GetPlayback(actor, now), LastHeard);
                    break;
                case < 5:
                    Session.Query(party, new GetWatchWelcome(actor, now), LastHeard);
                    break;
                case < 8:
                    RepeatSomething();
                    break;
                case < 10:
                    React(actor, now);
                    break;
                case < 16:
                    Talk(actor, now);
                    break;
                case < 21:
                    Ask(new IssueWatchTicket(now, actor, $"{Secret}ticket-{name}-{++_number}", null, null, now.AddMinutes(1)), Redeem);
                    break;
                case < 24:
                    _follower?.Rest(Random.Milliseconds(2_500, 7_000));
                    break;
                case < 33 when _request is { } request:
                    // On two devices at once: each token too many revokes the oldest.
                    Claim(request, now);
                    Claim(request, now);
                    break;
                case < 46:
                    Ask(OfPeople(leader, now));
                    break;
                case < 60:
                    Ask(Report(actor, now));
                    break;
                case < 62:
                    Ask(Random.Chance(0.5) ? new EndWatchParty(now, leader) : new LeaveWatchParty(now, actor));
                    break;
                default:
                    Ask(OfPlayback(actor, now));
                    break;
            }
        }

        /// <summary>A word, or all that is on their mind.</summary>
        private void Talk(WatchActor actor, DateTimeOffset now)
        {
            for (var words = Random.Chance(0.3) ? Random.Between(3, 9) : 1; words > 0 && Session.MayIssue; words--)
            {
                Ask(new SendWatchMessage(now, actor, $"Word {++_number}"));
            }
        }

        /// <summary>The ticket opens a connection, and perhaps somebody else has seen it.</summary>
        private void Redeem(CommandRecord issued)
        {
            if (issued is { IsAcknowledged: true, Message: IssueWatchTicket ticket } && Cluster.Stamp(Random) is { } now)
            {
                for (var times = Random.Between(1, 3); times > 0 && Session.MayIssue; times--)
                {
                    var token = Token(now);
                    Ask(new RedeemWatchTicket(now, ticket.TicketHash, token), redeemed =>
                    {
                        if (_actor is { GuestTokenHash: not null } guest && redeemed.IsAcknowledged && guest == ticket.Actor)
                        {
                            _actor = guest with { GuestTokenHash = token.Hash };
                        }
                    });
                }
            }
        }

        private void React(WatchActor actor, DateTimeOffset now)
        {
            if (Cluster.PickRun(Random) is { } run)
            {
                run.Do(() => run.WatchParties.Signal(party.Id, new ReactionSignal(actor.MemberId!, name, now, "hm", null)));
            }
        }

        private void Ask(WatchCommand command, Action<CommandRecord>? then = null) =>
            Session.Command(party, command, withId: true, settled =>
            {
                Hear(settled, isStored: settled.Result?.Reply is MessageSaid or TicketIssued);
                then?.Invoke(settled);
                if (settled.Message is not WatchCallerCommand { Actor: var by } || by != _actor)
                {
                    return;
                }

                if (settled.IsAcknowledged && settled.Message is not (LeaveWatchParty or EndWatchParty))
                {
                    Follow();
                }
                else if ((settled.IsAcknowledged && settled.Message is LeaveWatchParty)
                    || settled.Result?.Rejection?.Code is WatchErrorCodes.NotAParticipant or WatchErrorCodes.GuestTokenInvalid)
                {
                    _actor = null;
                }
                else if (settled.Result?.Rejection?.Code == WatchErrorCodes.WatchPartyEnded && Random.Chance(0.3) && Session.MayIssue)
                {
                    Ask(new RestartWatchParty(command.At, Random.Chance(0.5) ? Admin : by));
                }
            });

        /// <summary>Follows: from the beginning, from what they know, from whatever comes, or from what they are shown.</summary>
        private void Follow()
        {
            if (_actor is not { } actor || _follower is { IsExpelled: false } || _awaitsWelcome || workload.IsOver)
            {
                return;
            }

            switch (Random.Below(5))
            {
                case 0:
                    Follow(actor, 0);
                    break;
                case 1:
                    Follow(actor, null);
                    break;
                case 2:
                    Follow(actor, LastHeard);
                    break;
                default:
                    _awaitsWelcome = true;
                    Session.Query(party, new GetWatchParty(actor, Cluster.Stamp(Random) ?? Cluster.TrueTime), LastHeard, shown =>
                    {
                        _awaitsWelcome = false;
                        if (shown.Result?.Reply is WatchPartyChanged { Party: { } view } && !workload.IsOver)
                        {
                            Cluster.Coverage.Add(Seen.WatchLateJoin);
                            Follow(actor, view.Seq);
                            workload._welcomes.Add(_follower!, view);
                        }
                    });
                    break;
            }
        }

        private void Follow(WatchActor actor, long? since)
        {
            var audience = Random.Chance(0.5) ? WatchAddress.PartySocketAudience : WatchAddress.RoomSocketAudience;
            _follower = workload.Follow(party, audience, actor.MemberId, since, actor.GuestTokenHash);
        }

        private WatchTokenGrant Token(DateTimeOffset now) => new($"{Secret}token-{name}-{++_number}", now.AddDays(1));
    }
}
