using AkkaParty.Http.Errors;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What the client says of itself.</summary>
internal sealed partial class WatchSession
{
    private const double RoundTripMaxMs = 60_000;
    private const double OffsetMaxMs = 86_400_000;

    private readonly ClientReport _report;
    private readonly Lock _reportGate = new();
    private Task _reporting = Task.CompletedTask;
    private bool _isReporting;

    private void Report(WatchOrder order)
    {
        var (status, error) = ReadReport(order.Frame);
        if (error is not null)
        {
            SendError(error, order.Id);
            return;
        }

        var frame = order.Frame;
        if (frame.OffsetMs is { } offset)
        {
            HttpMetrics.SyncOffset.Record(Math.Abs(offset));
        }

        lock (_reportGate)
        {
            // Not being ready is told only of somebody who was: what keeps them, such as waiting for data, says more.
            status = (status, frame.Ready) switch
            {
                (null or WatchStatus.Online, true) => WatchStatus.Ready,
                (null, false) when _report.Status == WatchStatus.Ready => WatchStatus.Online,
                _ => status,
            };
            var reportsReady = frame.ReportsReady ?? (frame.Ready is null ? null : true);
            _report.Note(status, frame.Barrier, reportsReady, frame.RttMs, frame.OffsetMs is { } far ? (int)Math.Round(far) : null);
        }

        TellReport();
        Acknowledge(order, Seq);
    }

    private static (WatchStatus? Status, ApiError? Error) ReadReport(WatchClientFrame frame)
    {
        WatchStatus? status = frame.Status switch
        {
            "online" => WatchStatus.Online,
            "away" => WatchStatus.Away,
            "buffering" => WatchStatus.Buffering,
            "ready" => WatchStatus.Ready,
            _ => null,
        };
        return frame switch
        {
            { Status: not null } when status is null => (null, ApiError.Of(WatchErrorCodes.StatusInvalid, field: "status")),
            { RttMs: < 0 or > RoundTripMaxMs } => (null, ApiError.Of(WatchErrorCodes.ReportInvalid, field: "rtt_ms")),
            { OffsetMs: < -OffsetMaxMs or > OffsetMaxMs } => (null, ApiError.Of(WatchErrorCodes.ReportInvalid, field: "offset_ms")),
            _ => (status, null),
        };
    }

    private void NoteBarrier(int barrier)
    {
        lock (_reportGate)
        {
            _report.NoteBarrier(barrier);
        }
    }

    private void TellReport()
    {
        ReportPart? part;
        lock (_reportGate)
        {
            part = _isReporting ? null : _report.Take();
            _isReporting |= part is not null;
        }

        if (part is not null)
        {
            _reporting = TellAsync(part);
        }
    }

    private async Task TellAsync(ReportPart part)
    {
        var result = await Entity.AskAsync(
            new ReportClient(Time, _actor, part.Status, part.ReportsReady, part.RoundTripMs, part.SyncOffsetMs) { Barrier = part.Barrier });
        lock (_reportGate)
        {
            _isReporting = false;
            if (result.Retryable)
            {
                _report.Return(part);
            }
        }
    }
}
