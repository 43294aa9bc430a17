using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.TestKit.Remoting;

/// <summary>
/// One transport implementation under test, and the network between its nodes, without faults. A provider enrols by an empty
/// subclass of <see cref="NodeTransportSpec{TNetwork}"/>.
/// </summary>
public abstract class TransportNetwork : IAsyncDisposable
{
    /// <summary>Makes the transport of one node. Its bounds are small enough that a test reaches them.</summary>
    /// <param name="name">The node's name.</param>
    public abstract INodeTransport Create(string name);

    /// <summary>The most bytes that a transport of this network takes for a peer that reads nothing, wherever it keeps them.</summary>
    public abstract long PendingBytesMax { get; }

    /// <summary>Waits until a condition about what receivers heard holds. A simulated network lets its time pass here.</summary>
    /// <param name="heard">Says when a receiver of the test heard something.</param>
    /// <param name="condition">What must come to hold.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public virtual async Task UntilAsync(HearingSignal heard, Func<bool> condition, string what)
    {
        while (true)
        {
            var changed = heard.Changed;
            if (condition())
            {
                return;
            }

            await changed.Within(what);
        }
    }

    /// <summary>Makes a node stop reading. Its links stay up.</summary>
    /// <param name="receiver">The node's receiver.</param>
    public virtual void Stall(TestReceiver receiver) => receiver.Block();

    /// <summary>Lets a node read again.</summary>
    /// <param name="receiver">The node's receiver.</param>
    public virtual void Resume(TestReceiver receiver) => receiver.Unblock();

    /// <summary>Ends what the network itself holds; its transports are closed by then.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tells whoever waits that a receiver of this test heard something.</summary>
public sealed class HearingSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next <see cref="Note"/>.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    public void Note()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
