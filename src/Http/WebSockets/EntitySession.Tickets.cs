using AkkaParty.Http.Connections;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets;

/// <summary>The way from the decision to the watch party: whoever is connected when it is there gets a ticket to their seat.</summary>
internal abstract partial class EntitySession<TFrame>
{
    private string? _ticketFor;
    private Task _tickets = Task.CompletedTask;

    /// <summary>Gives out tickets; null where nothing is decided on.</summary>
    protected virtual OpenedSeats? Seats => null;

    /// <summary>Sends a ticket in the dialect's form.</summary>
    /// <param name="ticket">The ticket.</param>
    protected virtual void WriteTicket(SeatTicket ticket) => throw new NotSupportedException("This surface gives out no tickets.");

    /// <summary>Sends a ticket to a watch party that is there, once for each.</summary>
    /// <param name="opened">The watch party; null while none is there.</param>
    protected void ShowOpened(WatchOpening? opened)
    {
        if (opened is not null && opened.Id != _ticketFor && Member is { } member)
        {
            _ticketFor = opened.Id;
            _tickets = SendTicketAsync(_tickets, opened, member);
        }
    }

    /// <summary>Sends a ticket because the client asks for one.</summary>
    /// <param name="frame">The frame that asks.</param>
    /// <param name="opened">The watch party.</param>
    /// <returns>Ends when the client was answered.</returns>
    protected async ValueTask GiveTicketAsync(TFrame frame, WatchOpening opened)
    {
        var (ticket, error) = await Seats!.IssueAsync(opened, Member!);
        if (ticket is null)
        {
            SendError(error!, frame.Id);
            return;
        }

        WriteTicket(ticket);
        Acknowledge(frame, Seq);
    }

    private async Task SendTicketAsync(Task before, WatchOpening opened, string member)
    {
        await before;
        try
        {
            await SendTicketAsync(opened, member);
        }
#pragma warning disable CA1031 // A bug here is logged; the connection goes on, and ends in order.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SocketLog.FrameFailed(Shared.Logger, exception, "watch_ticket");
        }
    }

    private async ValueTask SendTicketAsync(WatchOpening opened, string member)
    {
        var (ticket, error) = await Seats!.IssueAsync(opened, member);
        if (ticket is not null)
        {
            WriteTicket(ticket);
        }
        else if (error!.Status >= StatusCodes.Status500InternalServerError)
        {
            // Whoever has no seat, because they came later, gets no ticket; whoever has one is told that they had better ask again.
            SendError(error, null);
        }
    }
}
