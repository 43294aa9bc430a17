using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets;

/// <summary>Asking the entity, and answering the client.</summary>
internal abstract partial class EntitySession<TFrame>
{
    // The same on every surface.
    private const string InvalidToken = "invalid_token";

    /// <summary>Has a command carried out and answers for it.</summary>
    /// <param name="frame">The frame that asks for it.</param>
    /// <param name="command">The command.</param>
    /// <returns>Ends when the client was answered.</returns>
    protected async ValueTask AskAsync(TFrame frame, object command)
    {
        var before = Seq;
        var result = await Entity.AskAsync(command, frame.Id is { } number ? new CommandId(_commands, number) : null);
        if (result.Outcome != AskOutcome.Replied)
        {
            Refuse(frame, result);
        }
        else if (frame.Id is not { } id)
        {
            if (result.Seq <= before)
            {
                await OnNothingChangedAsync();
            }
        }
        else if (await IsShownAsync(result.Seq))
        {
            WriteAck(id, result.Seq);
        }
        else
        {
            Close(Volatile.Read(ref _endWith) ?? CloseCodes.Unavailable, dropPending: false);
        }
    }

    /// <summary>Answers a frame that the entity did not carry out.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="result">How the ask ended.</param>
    protected void Refuse(TFrame frame, AskResult result)
    {
        SendError(ApiError.From(result), frame.Id);
        if (result.Rejection?.Code == InvalidToken)
        {
            Close(CloseCodes.TokenRevoked, dropPending: false);
        }
    }

    /// <summary>Acknowledges a frame that has a number.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="seq">The number at which it was carried out.</param>
    protected void Acknowledge(TFrame frame, long seq)
    {
        if (frame.Id is { } id)
        {
            WriteAck(id, seq);
        }
    }

    /// <summary>Answers a frame with an error.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="error">The error.</param>
    /// <returns>Has ended.</returns>
    protected ValueTask Fail(TFrame frame, ApiError error)
    {
        SendError(error, frame.Id);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="id">The number of the frame at fault.</param>
    protected void SendError(ApiError error, long? id) => SendError(FrameError.Of(error, id));

    private void SendError(FrameError error)
    {
        HttpMetrics.CountError(error.Code, "socket");
        WriteError(error);
    }
}
