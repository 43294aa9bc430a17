namespace AkkaParty.Pipelines;

/// <summary>What a pipeline needs from outside.</summary>
/// <param name="Name">Its name in progress and metrics: lower case.</param>
/// <param name="Time">The clock of all its waits.</param>
public sealed record PipelineOptions(string Name, TimeProvider Time)
{
    /// <summary>Gives random numbers, 0 to less than 1, for the jitter of waits. Default: the process's own.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;
}
