using System.Collections.Concurrent;
using System.Threading.Channels;
using AkkaParty.Catalog.Tests;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Tests.Support;

/// <summary>Regions of every kind that answer as a test wants, and remember what they were asked.</summary>
internal sealed class FakeRegions
{
    private readonly ConcurrentDictionary<string, Region> _regions = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Kind, string EntityId, object Command)> _asked = new();

    /// <summary>What a kind answers; without an entry it does whatever it is told.</summary>
    public Dictionary<string, Func<object, AskResult>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything that was asked so far.</summary>
    public IReadOnlyList<(string Kind, string EntityId, object Command)> Asked => [.. _asked];

    /// <summary>The region of a kind.</summary>
    public IShardRegion Of(string kind) => Find(kind);

    /// <summary>Waits for the next command of a kind.</summary>
    public Task<object> NextAsync(string kind) => Find(kind).Commands.Reader.ReadAsync().AsTask().Within($"a command to a {kind}");

    private Region Find(string kind) => _regions.GetOrAdd(kind, static (name, self) => new Region(name, self), this);

    private sealed class Region(string kind, FakeRegions owner) : IShardRegion
    {
        public Channel<object> Commands { get; } = Channel.CreateUnbounded<object>();

        public string Kind => kind;

        public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null)
        {
            var answer = owner.Answers.TryGetValue(kind, out var answers) ? answers(command) : AskResult.Replied(null, 1);
            owner._asked.Enqueue((kind, entityId, command));
            Commands.Writer.TryWrite(command);
            return ValueTask.FromResult(answer);
        }

        public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0) =>
            throw new NotSupportedException("Nothing is asked here.");

        public bool Signal(string entityId, object signal) => throw new NotSupportedException("Nothing is signalled here.");

        public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber) =>
            throw new NotSupportedException("Nothing is followed here.");
    }
}
