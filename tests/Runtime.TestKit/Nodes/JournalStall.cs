namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>A call to the store that is held up until the test lets it go on.</summary>
public sealed class JournalStall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new();

    /// <summary>Completes when the call is there.</summary>
    public Task Reached => _reached.Task.Within("a call to the store that was to be held up");

    /// <summary>Lets the call go on; what follows it runs on this thread.</summary>
    public void Release() => _released.TrySetResult();

    internal async Task HoldAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
    }
}
