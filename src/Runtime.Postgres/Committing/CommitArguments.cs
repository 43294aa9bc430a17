using AkkaParty.Runtime.Journal;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres.Committing;

/// <summary>The arguments of <c>journal_commit</c>, in lists that are filled anew for every commit.</summary>
internal sealed class CommitArguments
{
    public const string Sql =
        "SELECT lost, stale, present FROM journal_commit(" +
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";

    private readonly NpgsqlParameter<long> _base = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly List<long> _seqs = [];
    private readonly List<long> _ats = [];
    private readonly List<long> _eventKeys = [];
    private readonly List<int> _manifests = [];
    private readonly List<ReadOnlyMemory<byte>> _payloads = [];
    private readonly List<Guid?> _sessions = [];
    private readonly List<long?> _numbers = [];
    private readonly List<int?> _replyManifests = [];
    private readonly List<ReadOnlyMemory<byte>?> _replies = [];

    public List<long> NewKeys { get; } = [];

    public List<short> NewShards { get; } = [];

    public List<string> NewKinds { get; } = [];

    public List<string> NewIds { get; } = [];

    public List<long> Keys { get; } = [];

    public List<long> ExpectedHeads { get; } = [];

    public List<long> NextHeads { get; } = [];

    public List<long> Wakes { get; } = [];

    public List<long> VerifiedKeys { get; } = [];

    public List<long> VerifiedHeads { get; } = [];

    public List<string> AbsentKinds { get; } = [];

    public List<string> AbsentIds { get; } = [];

    /// <summary>Whether there is nothing to ask the server.</summary>
    public bool IsEmpty => Keys.Count == 0 && VerifiedKeys.Count == 0 && AbsentKinds.Count == 0;

    /// <summary>Binds the lists to a command, once.</summary>
    public void BindTo(NpgsqlCommand command, long journalBase)
    {
        _base.TypedValue = journalBase;
        command.Parameters.Add(_base);
        Bind(command, NewKeys, NpgsqlDbType.Bigint);
        Bind(command, NewShards, NpgsqlDbType.Smallint);
        Bind(command, NewKinds, NpgsqlDbType.Text);
        Bind(command, NewIds, NpgsqlDbType.Text);
        Bind(command, Keys, NpgsqlDbType.Bigint);
        Bind(command, ExpectedHeads, NpgsqlDbType.Bigint);
        Bind(command, NextHeads, NpgsqlDbType.Bigint);
        Bind(command, Wakes, NpgsqlDbType.Bigint);
        Bind(command, VerifiedKeys, NpgsqlDbType.Bigint);
        Bind(command, VerifiedHeads, NpgsqlDbType.Bigint);
        Bind(command, AbsentKinds, NpgsqlDbType.Text);
        Bind(command, AbsentIds, NpgsqlDbType.Text);
        Bind(command, _eventKeys, NpgsqlDbType.Bigint);
        Bind(command, _seqs, NpgsqlDbType.Bigint);
        Bind(command, _ats, NpgsqlDbType.Bigint);
        Bind(command, _manifests, NpgsqlDbType.Integer);
        Bind(command, _payloads, NpgsqlDbType.Bytea);
        Bind(command, _sessions, NpgsqlDbType.Uuid);
        Bind(command, _numbers, NpgsqlDbType.Bigint);
        Bind(command, _replyManifests, NpgsqlDbType.Integer);
        Bind(command, _replies, NpgsqlDbType.Bytea);
    }

    /// <summary>Adds one event.</summary>
    public void Add(long key, in JournalEntry entry, int manifest, int? replyManifest)
    {
        _eventKeys.Add(key);
        _seqs.Add(entry.Seq);
        _ats.Add(UnixTime.ToMicroseconds(entry.At));
        _manifests.Add(manifest);
        _payloads.Add(entry.Payload);
        _sessions.Add(entry.Command?.Session);
        _numbers.Add(entry.Command?.Number);
        _replyManifests.Add(replyManifest);
        _replies.Add(entry.Command is null ? null : entry.Reply);
    }

    /// <summary>Empties all lists.</summary>
    public void Clear()
    {
        NewKeys.Clear();
        NewShards.Clear();
        NewKinds.Clear();
        NewIds.Clear();
        Keys.Clear();
        ExpectedHeads.Clear();
        NextHeads.Clear();
        Wakes.Clear();
        VerifiedKeys.Clear();
        VerifiedHeads.Clear();
        AbsentKinds.Clear();
        AbsentIds.Clear();
        _eventKeys.Clear();
        _seqs.Clear();
        _ats.Clear();
        _manifests.Clear();
        _payloads.Clear();
        _sessions.Clear();
        _numbers.Clear();
        _replyManifests.Clear();
        _replies.Clear();
    }

    private static void Bind<T>(NpgsqlCommand command, List<T> values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
