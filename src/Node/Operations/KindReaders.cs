using System.Buffers;
using System.Text.Json;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Operations;

/// <summary>Reads entities back from the journal for operators, whatever node they live on and whether they are in memory or not.</summary>
internal sealed class KindReaders(IJournal journal)
{
    private readonly Dictionary<string, KindReader> _kinds = new(StringComparer.Ordinal);

    /// <summary>The names of all kinds.</summary>
    public IReadOnlyList<string> Kinds => [.. _kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds a kind.</summary>
    public void Add<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition)
        where TState : class
        where TCommand : class
        where TEvent : class => _kinds.Add(definition.Kind, new KindReader<TState, TCommand, TEvent>(definition));

    /// <summary>Whether there is such a kind.</summary>
    public bool Has(string kind) => _kinds.ContainsKey(kind);

    /// <summary>Folds all events of an entity.</summary>
    /// <returns>What they make, or null when there are none.</returns>
    public async Task<EntityStory?> FoldAsync(string kind, string id, CancellationToken cancellationToken)
    {
        var address = new EntityAddress(kind, id);
        var fold = _kinds[kind].Begin(id);
        DateTimeOffset? first = null;
        DateTimeOffset? last = null;
        var head = await journal.ReadEntityAsync(
            address,
            0,
            entry =>
            {
                first ??= entry.At;
                last = entry.At;
                fold.Apply(entry);
            },
            cancellationToken);
        return head == 0
            ? null
            : new EntityStory(kind, id, ShardId.Of(id), head, first!.Value, last!.Value, fold.Deadline, fold.KeepAlive, fold.State());
    }

    /// <summary>Reads the events of an entity from one number on.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="from">The first number wanted.</param>
    /// <param name="countMax">At most this many.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entity's head, 0 when it has no event, and the events.</returns>
    public async Task<EntityEvents> EventsAsync(string kind, string id, long from, int countMax, CancellationToken cancellationToken)
    {
        var events = new List<EventLine>();
        var head = await journal.ReadEntityAsync(
            new EntityAddress(kind, id),
            from - 1,
            entry =>
            {
                if (events.Count < countMax)
                {
                    events.Add(new EventLine(
                        entry.Seq, entry.At, entry.Manifest, Json(entry.Payload), entry.Command?.Session, entry.Command?.Number));
                }
            },
            cancellationToken);
        return new EntityEvents(kind, id, head, events);
    }

    /// <summary>Bytes as JSON when that is what they are, otherwise as base 64 text.</summary>
    public static JsonElement Json(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(Convert.ToBase64String(bytes.Span));
        }
    }

    private abstract class KindReader
    {
        public abstract Fold Begin(string id);
    }

    private sealed class KindReader<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition) : KindReader
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        public override Fold Begin(string id) => new Fold<TState, TCommand, TEvent>(definition, id);
    }

    private abstract class Fold
    {
        public abstract DateTimeOffset? Deadline { get; }

        public abstract bool KeepAlive { get; }

        public abstract void Apply(JournalEntry entry);

        public abstract JsonElement State();
    }

    private sealed class Fold<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition, string id) : Fold
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        private TState _state = definition.Initial(id);

        public override DateTimeOffset? Deadline => definition.Deadline(_state);

        public override bool KeepAlive => definition.KeepAlive(_state);

        public override void Apply(JournalEntry entry) =>
            _state = definition.Evolve(_state, definition.EventCodec.Decode(entry.Manifest, entry.Payload.Span));

        public override JsonElement State()
        {
            if (definition.StateCodec is not { } codec)
            {
                return JsonSerializer.SerializeToElement(_state.ToString());
            }

            var output = new ArrayBufferWriter<byte>();
            codec.Encode(_state, output);
            return Json(output.WrittenMemory);
        }
    }
}
