using System.Text.Json;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What a frame is to the member it tells of.</summary>
internal enum OwnFrame
{
    /// <summary>The same as to everybody.</summary>
    None,

    /// <summary>Nothing: they know that they came or went.</summary>
    Movement,

    /// <summary>Nothing on the connection that caused it, which is told where the party is instead.</summary>
    Deed,

    /// <summary>Nothing on the connection that said it.</summary>
    Chat,
}

/// <summary>What a node must know of a frame before it passes it on.</summary>
/// <param name="Person">Of whom it tells, where that matters; null for everything else.</param>
/// <param name="Own">What it is to that person.</param>
/// <param name="ChangesPeople">Whether the list of participants is another one after it.</param>
/// <param name="Barrier">The barrier that came up, so that clients must say anew that they are ready; 0 for none.</param>
internal readonly record struct FrameFacts(string? Person, OwnFrame Own, bool ChangesPeople, int Barrier = 0);

/// <summary>The few members of a frame by which its facts are found.</summary>
internal ref struct FrameMembers
{
    /// <summary>The type.</summary>
    public string? Type;

    /// <summary><c>action</c>, in the frame or its inner object.</summary>
    public string? Action;

    /// <summary><c>user_id</c> in the inner object.</summary>
    public string? UserId;

    /// <summary><c>barrier_id</c>, in the frame or its inner object; 0 when there is none.</summary>
    public int BarrierId;

    /// <summary>The barrier that came up, if the frame tells of one; else 0.</summary>
    public readonly int RaisedBarrier => Action == "raised" ? BarrierId : 0;

    /// <summary>Reads them.</summary>
    /// <param name="frame">A JSON object.</param>
    /// <param name="inner">The name of the inner object that is looked into.</param>
    /// <returns>The members.</returns>
    public static FrameMembers Read(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> inner)
    {
        var members = default(FrameMembers);
        var reader = new Utf8JsonReader(frame);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                members.Type = Text(ref reader);
            }
            else if (reader.ValueTextEquals("action"u8))
            {
                members.Action = Text(ref reader);
            }
            else if (reader.ValueTextEquals("barrier_id"u8))
            {
                members.BarrierId = Number(ref reader);
            }
            else if (reader.ValueTextEquals(inner))
            {
                reader.Read();
                members.ReadInner(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return members;
    }

    private void ReadInner(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("action"u8))
            {
                Action = Text(ref reader);
            }
            else if (reader.ValueTextEquals("user_id"u8))
            {
                UserId = Text(ref reader);
            }
            else if (reader.ValueTextEquals("barrier_id"u8))
            {
                BarrierId = Number(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private static int Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
        {
            return number;
        }

        reader.Skip();
        return 0;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }
}
