namespace AkkaParty.Runtime.Entities;

/// <summary>
/// A bounded queue with many writers and one reader: a lock-free stack that the reader takes whole and turns round.
/// A field of the cell and not an object of its own, so that an idle entity pays 16 bytes for it.
/// </summary>
internal struct Mailbox
{
    private Envelope? _top;
    private int _count;

    /// <summary>How many messages wait, those the reader has taken and not yet finished included.</summary>
    public readonly int Count => Volatile.Read(in _count);

    /// <summary>Whether something waits that the reader has not taken.</summary>
    public readonly bool HasMail => Volatile.Read(in _top) is not null;

    /// <summary>Adds a message unless the bound is reached.</summary>
    public bool TryPush(Envelope envelope, int max)
    {
        if (Interlocked.Increment(ref _count) > max)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        Link(envelope);
        return true;
    }

    /// <summary>Adds a message that may not be refused (the end of a subscription, the runtime's own commands).</summary>
    public void Push(Envelope envelope)
    {
        Interlocked.Increment(ref _count);
        Link(envelope);
    }

    /// <summary>Takes everything that waits, oldest first, as a list linked by <see cref="Envelope.Next"/>.</summary>
    public Envelope? TakeAll()
    {
        var taken = Interlocked.Exchange(ref _top, null);
        Envelope? ordered = null;
        while (taken is not null)
        {
            var next = taken.Next;
            taken.Next = ordered;
            ordered = taken;
            taken = next;
        }

        return ordered;
    }

    /// <summary>The reader has finished this many messages: their places are free.</summary>
    public void Finished(int count) => Interlocked.Add(ref _count, -count);

    private void Link(Envelope envelope)
    {
        var top = Volatile.Read(ref _top);
        while (true)
        {
            envelope.Next = top;
            var seen = Interlocked.CompareExchange(ref _top, envelope, top);
            if (seen == top)
            {
                return;
            }

            top = seen;
        }
    }
}
