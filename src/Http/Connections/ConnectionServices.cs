using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.Connections;

/// <summary>What all sessions of this node share.</summary>
/// <param name="Registry">The sessions and their ticker.</param>
/// <param name="Options">The limits.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record ConnectionServices(SessionRegistry Registry, SocketOptions Options, TimeProvider Time, ILogger Logger);
