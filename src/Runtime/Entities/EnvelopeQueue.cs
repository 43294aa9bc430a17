namespace AkkaParty.Runtime.Entities;

/// <summary>A plain first-in first-out list of envelopes, linked through them.</summary>
internal struct EnvelopeQueue
{
    private Envelope? _first;
    private Envelope? _last;

    /// <summary>Whether the list is empty.</summary>
    public readonly bool IsEmpty => _first is null;

    /// <summary>Appends one envelope.</summary>
    public void Enqueue(Envelope envelope)
    {
        envelope.Next = null;
        if (_last is null)
        {
            _first = envelope;
        }
        else
        {
            _last.Next = envelope;
        }

        _last = envelope;
    }

    /// <summary>Appends a chain of envelopes.</summary>
    public void EnqueueChain(Envelope? chain)
    {
        if (chain is null)
        {
            return;
        }

        if (_last is null)
        {
            _first = chain;
        }
        else
        {
            _last.Next = chain;
        }

        while (chain.Next is not null)
        {
            chain = chain.Next;
        }

        _last = chain;
    }

    /// <summary>Puts another list in front of this one.</summary>
    public void Prepend(EnvelopeQueue front)
    {
        if (front._first is null)
        {
            return;
        }

        front._last!.Next = _first;
        _last ??= front._last;
        _first = front._first;
    }

    /// <summary>Takes the oldest envelope.</summary>
    public Envelope? Dequeue()
    {
        var envelope = _first;
        if (envelope is not null)
        {
            _first = envelope.Next;
            if (_first is null)
            {
                _last = null;
            }

            envelope.Next = null;
        }

        return envelope;
    }

    /// <summary>Takes the whole list as a chain.</summary>
    public Envelope? TakeChain()
    {
        var first = _first;
        this = default;
        return first;
    }

    /// <summary>Takes the whole list.</summary>
    public EnvelopeQueue TakeAll()
    {
        var all = this;
        this = default;
        return all;
    }
}
