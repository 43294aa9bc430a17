using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>
/// How failed tries are treated. From the outside in: repeat, then circuit breaker, then time-out, so that every single try is
/// bounded and counted, and an open circuit ends the repeating at once.
/// </summary>
internal static class TmdbResilience
{
    private const double FailureRatio = 0.5;

    /// <summary>Builds the pipeline that each request goes through.</summary>
    public static ResiliencePipeline<TmdbAnswer> Build(TmdbOptions options, TimeProvider time, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<TmdbAnswer> { TimeProvider = time };
        if (options.RetriesMax > 0)
        {
            builder.AddRetry(Retry(options, logger));
        }

        return builder
            .AddCircuitBreaker(Circuit(options, logger))
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.Timeout })
            .Build();
    }

    private static RetryStrategyOptions<TmdbAnswer> Retry(TmdbOptions options, ILogger logger) => new()
    {
        MaxRetryAttempts = options.RetriesMax,
        ShouldHandle = arguments => ValueTask.FromResult(
            IsFailure(arguments.Outcome) && !(arguments.Outcome.Result?.RetryAfter > options.RetryAfterMax)),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
            arguments.Outcome.Result?.RetryAfter ?? Jittered(options.RetryDelay * Math.Pow(2, arguments.AttemptNumber))),
        OnRetry = arguments =>
        {
            TmdbLog.Retrying(logger, arguments.AttemptNumber + 1, Reason(arguments.Outcome), arguments.RetryDelay);
            return default;
        },
    };

    private static CircuitBreakerStrategyOptions<TmdbAnswer> Circuit(TmdbOptions options, ILogger logger) => new()
    {
        FailureRatio = FailureRatio,
        MinimumThroughput = options.CircuitTriesMin,
        SamplingDuration = options.CircuitWindow,
        BreakDuration = options.CircuitBreak,
        ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
        OnOpened = arguments =>
        {
            TmdbLog.CircuitOpened(logger, Reason(arguments.Outcome), arguments.BreakDuration);
            return default;
        },
        OnClosed = _ =>
        {
            TmdbLog.CircuitClosed(logger);
            return default;
        },
    };

    private static bool IsFailure(Outcome<TmdbAnswer> outcome) => outcome.Exception switch
    {
        null => outcome.Result?.IsPassing == true,
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => false,
        HttpRequestException or IOException or TimeoutRejectedException => true,
        _ => false,
    };

    // Half to one and a half times: nodes that failed together do not come back together.
    private static TimeSpan Jittered(TimeSpan delay) => delay * (0.5 + Random.Shared.NextDouble());

    private static string Reason(Outcome<TmdbAnswer> outcome) => outcome.Exception switch
    {
        null => $"status {(int?)outcome.Result?.Status}",
        HttpRequestException { HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded } or IOException
            => "connection lost",
        HttpRequestException failure => failure.HttpRequestError.ToString(),
        TimeoutRejectedException => "time-out",
        { } failure => failure.GetType().Name,
    };
}
