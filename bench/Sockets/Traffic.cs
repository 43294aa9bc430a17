using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Sockets;

/// <summary>What came back, over all connections. Used by the generator's one thread.</summary>
internal sealed class Traffic
{
    public long Deliveries { get; private set; }

    public long PayloadBytes { get; private set; }

    public long BytesReceived { get; private set; }

    public long Reads { get; private set; }

    public long Errors { get; set; }

    public long CloseFrames { get; set; }

    public LatencyHistogram Latency { get; } = new();

    public void Deliver(long length, long sentAt)
    {
        Deliveries++;
        PayloadBytes += length;
        if (sentAt > 0)
        {
            Latency.RecordMicroseconds(Stamp.Now - sentAt);
        }
    }

    public void Received(int bytes)
    {
        BytesReceived += bytes;
        Reads++;
    }

    /// <summary>Starts to count from zero.</summary>
    public void Clear()
    {
        Deliveries = 0;
        PayloadBytes = 0;
        BytesReceived = 0;
        Reads = 0;
        Errors = 0;
        CloseFrames = 0;
        Latency.Clear();
    }
}
