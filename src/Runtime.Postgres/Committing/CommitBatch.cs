using System.Runtime.InteropServices;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Postgres.Committing;

/// <summary>One batch of operations on its way to the server: which key each has, and what became of each.</summary>
internal sealed class CommitBatch
{
    /// <summary>How an entity without a deadline, and one that must be kept alive, are stored.</summary>
    public const long NeverWake = long.MaxValue;

    /// <summary>How an entity that must be kept alive is stored.</summary>
    public const long KeepAlive = long.MinValue;

    private readonly List<int> _appends = [];
    private readonly List<int> _verifies = [];
    private readonly List<int> _absents = [];
    private readonly List<long> _keys = [];
    private IReadOnlyList<AppendOperation> _operations = [];

    public CommitArguments Arguments { get; } = new();

    /// <summary>The names that have no number yet.</summary>
    public HashSet<string> NewManifests { get; } = new(StringComparer.Ordinal);

    /// <summary>The operations whose entity has events, but no key that this node knows.</summary>
    public List<int> Nameless { get; } = [];

    /// <summary>How many entities may be new.</summary>
    public int NewCount { get; private set; }

    /// <summary>Takes the operations over and finds out what must be known before they can be sent.</summary>
    public void Begin(IReadOnlyList<AppendOperation> operations, EntityKeys keys, ManifestTable manifests)
    {
        Clear();
        _operations = operations;
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            CheckConsecutive(operation);
            var key = operation.StoreKey != 0 ? operation.StoreKey : keys.KeyOf(operation.Address);
            _keys.Add(key);
            NoteManifests(operation, manifests);
            if (key != 0)
            {
                continue;
            }

            if (operation.ExpectedHead != 0)
            {
                Nameless.Add(i);
            }
            else if (operation.Entries.Count > 0)
            {
                NewCount++;
            }
        }
    }

    /// <summary>The operation's entity has this key.</summary>
    public void SetKey(int index, long key) => _keys[index] = key;

    /// <summary>The operation at a place of the batch.</summary>
    public AppendOperation this[int index] => _operations[index];

    /// <summary>Makes the arguments. What needs no server has its outcome afterwards.</summary>
    /// <param name="newKey">The first of <see cref="NewCount"/> keys.</param>
    /// <param name="manifests">The numbers of all names.</param>
    public void Fill(long newKey, ManifestTable manifests)
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            var operation = _operations[i];
            var isAppend = operation.Entries.Count > 0;
            if (_keys[i] == 0)
            {
                if (!StoreText.Fits(operation.Address) || operation.ExpectedHead != 0)
                {
                    operation.Outcome = operation.ExpectedHead != 0 ? AppendOutcome.Conflict
                        : isAppend ? AppendOutcome.Refused : AppendOutcome.Appended;
                    continue;
                }

                if (!isAppend)
                {
                    _absents.Add(i);
                    Arguments.AbsentKinds.Add(operation.Address.Kind);
                    Arguments.AbsentIds.Add(operation.Address.Id);
                    continue;
                }

                _keys[i] = newKey++;
                AddNew(operation, _keys[i]);
            }

            (isAppend ? _appends : _verifies).Add(i);
            (isAppend ? Arguments.Keys : Arguments.VerifiedKeys).Add(_keys[i]);
            AddEvents(operation, _keys[i], manifests);
        }

        Sort(Arguments.Keys, _appends);
        Sort(Arguments.VerifiedKeys, _verifies);
        foreach (var index in _appends)
        {
            var operation = _operations[index];
            Arguments.ExpectedHeads.Add(operation.ExpectedHead);
            Arguments.NextHeads.Add(operation.ExpectedHead + operation.Entries.Count);
            Arguments.Wakes.Add(WakeAt(operation));
        }

        foreach (var index in _verifies)
        {
            Arguments.VerifiedHeads.Add(_operations[index].ExpectedHead);
        }
    }

    /// <summary>The server has answered: nobody failed but who is named.</summary>
    public void Complete(long[]? lost, long[]? stale, int[]? present, EntityKeys keys)
    {
        SetAll(_appends, AppendOutcome.Appended);
        SetAll(_verifies, AppendOutcome.Appended);
        SetAll(_absents, AppendOutcome.Appended);
        Fail(lost, Arguments.Keys, _appends);
        Fail(stale, Arguments.VerifiedKeys, _verifies);
        foreach (var place in present ?? [])
        {
            _operations[_absents[place - 1]].Outcome = AppendOutcome.Conflict;
        }

        foreach (var index in _appends)
        {
            var operation = _operations[index];
            if (operation.StoreKey == 0 && operation.Outcome == AppendOutcome.Appended)
            {
                operation.StoreKey = _keys[index];
                keys.Add(operation.Address, _keys[index]);
            }
        }
    }

    /// <summary>Everything that has no outcome yet ends like this.</summary>
    public void End(AppendOutcome outcome)
    {
        foreach (var operation in _operations)
        {
            if (operation.Outcome == AppendOutcome.Pending)
            {
                operation.Outcome = outcome;
            }
        }
    }

    /// <summary>Forgets the operations: they are their caller's again.</summary>
    public void Clear()
    {
        _operations = [];
        _appends.Clear();
        _verifies.Clear();
        _absents.Clear();
        _keys.Clear();
        Nameless.Clear();
        NewManifests.Clear();
        NewCount = 0;
        Arguments.Clear();
    }

    private static void CheckConsecutive(AppendOperation operation)
    {
        operation.Outcome = AppendOutcome.Pending;
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            Invariant.Check(
                operation.Entries[i].Seq == operation.ExpectedHead + 1 + i, "an append's sequence numbers are not consecutive");
        }
    }

    private static long WakeAt(AppendOperation operation) =>
        operation.KeepAlive ? KeepAlive : operation.DueAt is { } due ? UnixTime.ToMicroseconds(due) : NeverWake;

    private static void Sort(List<long> keys, List<int> indexes)
    {
        CollectionsMarshal.AsSpan(keys).Sort(CollectionsMarshal.AsSpan(indexes));
        for (var i = 1; i < keys.Count; i++)
        {
            Invariant.Check(keys[i] != keys[i - 1], "an entity stands twice in a commit");
        }
    }

    private void NoteManifests(AppendOperation operation, ManifestTable manifests)
    {
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            var entry = operation.Entries[i];
            if (!manifests.TryGetId(entry.Manifest, out _))
            {
                NewManifests.Add(entry.Manifest);
            }

            if (entry.ReplyManifest is { } reply && !manifests.TryGetId(reply, out _))
            {
                NewManifests.Add(reply);
            }
        }
    }

    private void AddNew(AppendOperation operation, long key)
    {
        Arguments.NewKeys.Add(key);
        Arguments.NewShards.Add((short)operation.Shard);
        Arguments.NewKinds.Add(operation.Address.Kind);
        Arguments.NewIds.Add(operation.Address.Id);
    }

    private void AddEvents(AppendOperation operation, long key, ManifestTable manifests)
    {
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            var entry = operation.Entries[i];
            manifests.TryGetId(entry.Manifest, out var manifest);
            int? replyManifest = null;
            if (entry.ReplyManifest is { } reply && manifests.TryGetId(reply, out var found))
            {
                replyManifest = found;
            }

            Arguments.Add(key, entry, manifest, replyManifest);
        }
    }

    private void SetAll(List<int> indexes, AppendOutcome outcome)
    {
        foreach (var index in indexes)
        {
            _operations[index].Outcome = outcome;
        }
    }

    private void Fail(long[]? failed, List<long> keys, List<int> indexes)
    {
        foreach (var key in failed ?? [])
        {
            _operations[indexes[keys.BinarySearch(key)]].Outcome = AppendOutcome.Conflict;
        }
    }
}
