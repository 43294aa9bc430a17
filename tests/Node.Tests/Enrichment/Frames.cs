using System.Text.Json;
using System.Threading.Channels;
using AkkaParty.Catalog.Tests;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Node.Tests.Enrichment;

/// <summary>What a room's sockets would be sent, for a test to read.</summary>
internal sealed class Frames : IFeedSubscriber
{
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();

    public string? Member => null;

    public void Deliver(FeedBatch batch)
    {
        foreach (var frame in batch.Frames)
        {
            _frames.Writer.TryWrite(JsonDocument.Parse(frame.Bytes).RootElement);
        }
    }

    public void End(FeedEnd reason) => _frames.Writer.TryComplete(new InvalidOperationException($"The subscription ended: {reason}."));

    /// <summary>Waits until an item has been looked up, and gives it as clients see it.</summary>
    public async Task<JsonElement> EnrichedAsync()
    {
        while (true)
        {
            var frame = await _frames.Reader.ReadAsync().AsTask().Within("the frame of an item that was looked up");
            if (frame.GetProperty("type").GetString() == "queue_update" && frame.GetProperty("action").GetString() == "enriched")
            {
                return frame.GetProperty("item");
            }
        }
    }
}
