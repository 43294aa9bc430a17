namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Waits that say what they waited for when it does not come.</summary>
public static class Awaited
{
    /// <summary>Far longer than anything a test waits for takes, on a busy machine too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s in vain for {what}.");
        }
    }

    public static Task<T> Within<T>(this ValueTask<T> task, string what) => task.AsTask().Within(what);

    /// <summary>What must be there by now.</summary>
    public static T Now<T>(this Task<T> task)
    {
        task.IsCompleted.ShouldBeTrue("everything has run and this has no answer");
        return task.GetAwaiter().GetResult();
    }
}
