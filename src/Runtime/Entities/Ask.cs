using System.Threading.Tasks.Sources;

namespace AkkaParty.Runtime.Entities;

/// <summary>
/// One waiting question: the envelope, the completion source and the value task's backing in one pooled object, so
/// that an ask costs no allocation once the pool is warm.
/// </summary>
internal sealed partial class Ask : Envelope, IValueTaskSource<AskResult>, IThreadPoolWorkItem
{
    private const int FreeMax = 256;

    [ThreadStatic]
    private static Ask? _free;

    [ThreadStatic]
    private static int _freeCount;

    private ManualResetValueTaskSourceCore<AskResult> _core;

    private Ask()
    {
    }

    /// <summary>The command or query.</summary>
    public object Message { get; private set; } = null!;

    /// <summary>Whether it only reads.</summary>
    public bool IsQuery { get; private set; }

    /// <summary>The command's id; number 0 when it has none.</summary>
    public CommandId Command { get; private set; }

    /// <summary>The lowest sequence number a query may be answered at.</summary>
    public long SeqMin { get; private set; }

    /// <summary>Whether memory was refreshed once already because the caller had seen more than it held.</summary>
    public bool Refreshed { get; set; }

    /// <summary>Nobody waits: the runtime's own command (a deadline, presence).</summary>
    public bool Detached { get; private set; }

    /// <summary>The answer, set in the turn and released after it.</summary>
    public AskResult Result { get; set; }

    /// <summary>The value task that the caller awaits, once.</summary>
    public ValueTask<AskResult> Task => new(this, _core.Version);

    public static Ask Rent(object message, bool isQuery, CommandId? command, long seqMin, bool detached = false)
    {
        var ask = _free;
        if (ask is null)
        {
            ask = new Ask();
        }
        else
        {
            _free = (Ask?)ask.Next;
            _freeCount--;
            ask.Next = null;
        }

        ask.Message = message;
        ask.IsQuery = isQuery;
        ask.Command = command.GetValueOrDefault();
        ask.SeqMin = seqMin;
        ask.Detached = detached;
        return ask;
    }

    /// <summary>Gives <see cref="Result"/> to the caller; its continuation runs here.</summary>
    public void Release()
    {
        if (Detached)
        {
            Recycle();
            return;
        }

        if (_travelled)
        {
            FinishTravel();
            return;
        }

        _core.SetResult(Result);
    }

    /// <summary>Releases it on a thread of the dispatcher's.</summary>
    void IThreadPoolWorkItem.Execute() => Release();

    AskResult IValueTaskSource<AskResult>.GetResult(short token)
    {
        var result = _core.GetResult(token);
        Recycle();
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<AskResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<AskResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Recycle()
    {
        _core.Reset();
        Message = null!;
        Result = default;
        Refreshed = false;
        Next = null;
        if (_travelled)
        {
            ForgetTravel();
        }

        if (_freeCount < FreeMax)
        {
            Next = _free;
            _free = this;
            _freeCount++;
        }
    }
}
