using System.Diagnostics.Metrics;
using System.Globalization;

namespace AkkaParty.Pipelines;

/// <summary>What the stages of a running pipeline have in common.</summary>
internal sealed class Run : IDisposable
{
    private const int ParallelismMax = 1_000;
    private const int BufferMax = 100_000;
    private const int AttemptsMax = 100;

    // Last to first, as they are connected.
    private readonly List<IStage> _stages = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Meter _meter = new(Pipeline.MeterName);
    private Exception? _failure;

    public Run(PipelineOptions options)
    {
        Options = options;
        Stopping = _stopping.Token;
        Observe("waiting", "{element}", "Elements that wait in front of a stage.", stage => stage.Waiting);
        Observe("active", "{element}", "Elements that a stage works on.", stage => stage.Active);
        Count("done", "{element}", "Elements whose work succeeded.", stage => stage.Done);
        Count("failed", "{element}", "Elements whose work failed for good.", stage => stage.Failed);
        Count("joined", "{element}", "Elements that shared another's work.", stage => stage.Joined);
        Count("retries", "{try}", "Tries after the first.", stage => stage.Retries);
    }

    public PipelineOptions Options { get; }

    /// <summary>Cancelled when everything is given up.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>What stopped the pipeline, or null.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>The stages, first to last.</summary>
    public IEnumerable<IStage> Stages => Enumerable.Reverse(_stages);

    public Emit<TIn> Add<TIn, TOut>(Flow<TIn, TOut> flow, Emit<TOut> next)
    {
        Check(flow.Name, "parallelism", flow.Parallelism, ParallelismMax);
        Check(flow.Name, "buffer", flow.BufferMax, BufferMax);
        Check(flow.Name, "number of tries", flow.Retry.AttemptsMax, AttemptsMax);
        if (_stages.Exists(stage => string.Equals(stage.Name, flow.Name, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"Two stages of the pipeline {Options.Name} have the name {flow.Name}.", nameof(flow));
        }

        var stage = new Stage<TIn, TOut>(flow, next, this);
        _stages.Add(stage);
        return stage.OfferAsync;
    }

    /// <summary>Ends everything because of a failure that nobody treats; the first one counts.</summary>
    public void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            Stop();
        }
    }

    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _meter.Dispose();
        _stopping.Dispose();
    }

    private static void Check(string stage, string setting, int value, int max)
    {
        if (value < 1 || value > max)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The {setting} of the stage {stage} must be 1 to {max:N0}, not {value}."), setting);
        }
    }

    private void Observe(string name, string unit, string description, Func<StageProgress, long> value) =>
        _meter.CreateObservableGauge($"akkaparty.pipeline.{name}", () => Measure(value), unit, description);

    private void Count(string name, string unit, string description, Func<StageProgress, long> value) =>
        _meter.CreateObservableCounter($"akkaparty.pipeline.{name}", () => Measure(value), unit, description);

    private IEnumerable<Measurement<long>> Measure(Func<StageProgress, long> value) => Stages.Select(stage => new Measurement<long>(
        value(stage.Progress),
        new KeyValuePair<string, object?>("pipeline", Options.Name),
        new KeyValuePair<string, object?>("stage", stage.Name)));
}
