using AkkaParty.Runtime.Diagnostics;

namespace AkkaParty.Runtime.Entities;

/// <summary>What happens by itself: deadlines, members that left, leaving memory.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    // How soon a deadline is tried again whose command did not move it (the store refused, or the definition is wrong).
    private static readonly TimeSpan DeadlineRetry = TimeSpan.FromSeconds(5);

    private DateTimeOffset _activeAt;
    private DateTimeOffset _deadlineAskedAgainAt;
    private DateTimeOffset? _deadlineAsked;
    private Dictionary<string, DateTimeOffset>? _departing;
    private bool _presenceChanged;

    // Whether the turn under way holds a command that the runtime itself gave, such as a member's coming.
    private bool _ownCommandDecided;

    // Longer than the longest back-off.
    private TimeSpan FailuresRemembered => Services.Options.RecoveryBackOff * (2 << BackOffDoublingsMax);

    private void Touch() => _activeAt = Services.Time.GetUtcNow();

    private void LookWhatIsDue()
    {
        var now = Services.Time.GetUtcNow();
        switch (Status)
        {
            case CellStatus.Passive when _recoveryFailures > 0 && now >= _brokenUntil + FailuresRemembered:
                TryLeave();
                break;
            case CellStatus.Passive:
                StartRecovery();
                break;
            case CellStatus.Broken when now >= _brokenUntil:
                // The next message tries again. Until then it stays, so that the next failure doubles the back-off.
                Forget();
                Services.WakeQueue.Arm(this, _brokenUntil + FailuresRemembered);
                break;
            case CellStatus.Ready:
                _presenceChanged |= _departing is not null;
                ReconcilePresence();
                AskDeadline(now);
                if (!TryPassivate(now))
                {
                    ArmNext();
                }

                break;
            default:
                // Busy: look again when it is over; both ways out of it arm the queue.
                Services.WakeQueue.Arm(this, now + TimeSpan.FromSeconds(1));
                break;
        }
    }

    private void AskDeadline(DateTimeOffset now)
    {
        if (Definition.Deadline(_state!) is not { } due || due > now || (_deadlineAsked == due && now < _deadlineAskedAgainAt))
        {
            return;
        }

        // The id makes a deadline that two homes see count once. One that is still there after its command gets none: an
        // instant that was named before, passed, and was named again would otherwise be taken for a duplicate for ever.
        CommandId? command = new CommandId(StableHash.SessionOf($"{kind.Name}|{Id}|deadline|{due.UtcTicks}"), 1);
        if (_deadlineAsked == due)
        {
            Services.Logger.DeadlineStuck(Address, due);
            command = null;
        }

        _deadlineAsked = due;
        _deadlineAskedAgainAt = now + DeadlineRetry;
        PostInternal(Ask.Rent(Definition.OnDeadline(_state!, due, now), isQuery: false, command, seqMin: 0, detached: true));
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new DeadlineFired(Address, due));
        }
    }

    /// <summary>Compares who is connected with what the state believes, and asks the definition for the difference.</summary>
    private void ReconcilePresence()
    {
        if (!_presenceChanged || Status != CellStatus.Ready)
        {
            return;
        }

        _presenceChanged = false;
        var now = Services.Time.GetUtcNow();
        var believed = Definition.ConnectedMembers(_state!);
        foreach (var member in _feed?.Members ?? [])
        {
            _departing?.Remove(member);
            if (!believed.Contains(member))
            {
                PostPresence(member, connected: true, now);
            }
        }

        foreach (var member in believed)
        {
            if (_feed?.HasMember(member) != true)
            {
                NoteDeparture(member, now);
            }
        }

        ForgetDepartures(believed);
        ArmNext();
    }

    /// <summary>Members that have left the state by another way have nothing to depart from.</summary>
    private void ForgetDepartures(IReadOnlyCollection<string> believed)
    {
        if (_departing is null)
        {
            return;
        }

        foreach (var member in _departing.Keys.Where(member => !believed.Contains(member)).ToList())
        {
            _departing.Remove(member);
        }

        if (_departing.Count == 0)
        {
            _departing = null;
        }
    }

    /// <summary>A presence command may have been refused: who is connected is compared again soon.</summary>
    private void RetryPresence()
    {
        _presenceChanged = true;
        Services.WakeQueue.Arm(this, Services.Time.GetUtcNow() + DeadlineRetry);
    }

    private void NoteDeparture(string member, DateTimeOffset now)
    {
        _departing ??= [];
        if (!_departing.TryGetValue(member, out var due))
        {
            _departing.Add(member, now + Definition.PresenceGrace);
        }
        else if (now >= due)
        {
            _departing.Remove(member);
            PostPresence(member, connected: false, now);
        }
    }

    private void PostPresence(string member, bool connected, DateTimeOffset now)
    {
        if (Definition.OnPresence(_state!, member, connected, now) is { } command)
        {
            PostInternal(Ask.Rent(command, isQuery: false, command: null, seqMin: 0, detached: true));
        }
    }

    /// <summary>Sets the alarm for the earliest thing that will be due.</summary>
    private void ArmNext()
    {
        if (_state is null)
        {
            return;
        }

        var next = _activeAt + Definition.PassivateAfter;
        if (Definition.Deadline(_state) is { } due)
        {
            next = Earlier(next, _deadlineAsked == due ? _deadlineAskedAgainAt : due);
        }

        foreach (var departure in _departing?.Values ?? Enumerable.Empty<DateTimeOffset>())
        {
            next = Earlier(next, departure);
        }

        Services.WakeQueue.Arm(this, next);
    }

    private bool TryPassivate(DateTimeOffset now)
    {
        // A deadline that comes before the next look at the store is waited for here.
        var soon = now + (Services.Options.WakeupScanInterval * 2);
        if (_feed is not null || _departing is not null || now < _activeAt + Definition.PassivateAfter
            || Definition.KeepAlive(_state!) || Definition.Deadline(_state!) < soon)
        {
            if (now >= _activeAt + Definition.PassivateAfter)
            {
                Touch();
            }

            return false;
        }

        return TryLeave();
    }

    private bool TryLeave()
    {
        if (!InboxIsEmpty || !Shard.TryRemove(this))
        {
            return false;
        }

        Forget();
        Status = CellStatus.Gone;
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new EntityPassivated(Address));
        }

        return true;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
