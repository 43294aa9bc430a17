using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>What a frame means to a client, whatever the words.</summary>
internal abstract record Heard
{
    private Heard()
    {
    }

    /// <summary>From where on the connection shows what happens.</summary>
    /// <param name="Seq">The number.</param>
    /// <param name="Resumed">Whether that is what was asked for; null when nothing was.</param>
    public sealed record Begins(long Seq, bool? Resumed) : Heard;

    /// <summary>The entity, or an event of it.</summary>
    public sealed record Shows(Sight Sight) : Heard;

    /// <summary>A command was carried out.</summary>
    public sealed record Done(long Number, long Seq) : Heard;

    /// <summary>A command was refused.</summary>
    public sealed record No(long Number, string Code, bool Retryable) : Heard;

    /// <summary>Something went wrong that is no command's answer.</summary>
    public sealed record Trouble(string Code) : Heard;
}
