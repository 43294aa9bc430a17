using System.Diagnostics.Metrics;
using AkkaParty.Runtime.Sockets.Links;

namespace AkkaParty.Runtime.Sockets;

/// <summary>
/// The links' numbers, on the meter <c>AkkaParty.Runtime.Sockets</c>. Links count for themselves; this adds them up when
/// somebody looks.
/// </summary>
internal sealed class SocketMetrics : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Runtime.Sockets");
    private readonly Lock _gate = new();
    private readonly List<Link> _links = [];
    private readonly Counter<long> _refused;
    private LinkCounts _ended;

    public SocketMetrics()
    {
        _meter.CreateObservableUpDownCounter("akkaparty.links.up", Up, "{link}", "Links to other nodes that are up.");
        _meter.CreateObservableUpDownCounter(
            "akkaparty.links.pending", () => Sum().Pending, "By", "Bytes that wait to be sent to other nodes.");
        Observe("akkaparty.links.frames.sent", "{frame}", "Frames sent to other nodes.", counts => counts.FramesSent);
        Observe("akkaparty.links.frames.received", "{frame}", "Frames received from other nodes.", counts => counts.FramesReceived);
        Observe("akkaparty.links.sent", "By", "Bytes sent to other nodes.", counts => counts.BytesSent);
        Observe("akkaparty.links.received", "By", "Bytes received from other nodes.", counts => counts.BytesReceived);
        _refused = _meter.CreateCounter<long>(
            "akkaparty.links.refused", "{connection}", "Connections that did not prove to be a member's.");
    }

    public void Up(Link link)
    {
        lock (_gate)
        {
            _links.Add(link);
        }
    }

    public void Down(Link link)
    {
        lock (_gate)
        {
            _links.Remove(link);
            _ended = _ended.And(link, pending: false);
        }
    }

    public void Refused() => _refused.Add(1);

    public void Dispose() => _meter.Dispose();

    private int Up()
    {
        lock (_gate)
        {
            return _links.Count;
        }
    }

    private LinkCounts Sum()
    {
        lock (_gate)
        {
            return _links.Aggregate(_ended, (sum, link) => sum.And(link, pending: true));
        }
    }

    private void Observe(string name, string unit, string description, Func<LinkCounts, long> figure) =>
        _meter.CreateObservableCounter(name, () => figure(Sum()), unit, description);

    private readonly record struct LinkCounts(long FramesSent, long FramesReceived, long BytesSent, long BytesReceived, long Pending)
    {
        public LinkCounts And(Link link, bool pending)
        {
            var status = link.Status();
            return new LinkCounts(
                FramesSent + status.FramesSent,
                FramesReceived + status.FramesReceived,
                BytesSent + link.BytesSent,
                BytesReceived + link.BytesReceived,
                Pending + (pending ? status.PendingBytes : 0));
        }
    }
}
