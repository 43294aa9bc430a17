using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Npgsql;

namespace AkkaParty.Runtime.Postgres.Reading;

/// <summary>A stored event as its row has it: names are still numbers.</summary>
internal readonly record struct EventRow(
    long Seq, long At, int Manifest, byte[] Payload, CommandId? Command, int? ReplyManifest, byte[]? Reply, long Offset, long Key)
{
    public const string Columns = "seq, at, manifest, payload, command_session, command_number, reply_manifest, reply, \"offset\", entity";

    /// <summary>Reads the row the reader stands on, which is in memory as a whole.</summary>
    public static EventRow Read(NpgsqlDataReader reader, int column) => new(
        reader.GetInt64(column),
        reader.GetInt64(column + 1),
        reader.GetInt32(column + 2),
        reader.GetFieldValue<byte[]>(column + 3),
        reader.IsDBNull(column + 4) ? null : new CommandId(reader.GetGuid(column + 4), reader.GetInt64(column + 5)),
        reader.IsDBNull(column + 6) ? null : reader.GetInt32(column + 6),
        reader.IsDBNull(column + 7) ? null : reader.GetFieldValue<byte[]>(column + 7),
        reader.GetInt64(column + 8),
        reader.GetInt64(column + 9));

    /// <summary>The event, with names for numbers.</summary>
    public JournalEntry ToEntry(ManifestTable manifests) => new(
        Seq,
        manifests.NameOf(Manifest),
        Payload,
        UnixTime.FromMicroseconds(At),
        Command,
        ReplyManifest is { } reply ? manifests.NameOf(reply) : null,
        Reply);
}
