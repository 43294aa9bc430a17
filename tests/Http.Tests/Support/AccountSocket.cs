using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Http.Tests.Support;

/// <summary>An address that only tells whose access token opened it: for what holds of every socket that an account opens.</summary>
internal sealed class AccountSocketEndpoint(
    OriginPolicy origins, CallRate rates, AccountDoor door, ConnectionServices shared, HttpOptions options, TimeProvider time)
    : SocketEndpoint(origins, rates, shared, options)
{
    public const string Path = "/ws/account-test";

    protected override string Followed => "test";

    public static void Map(WebApplication app) => app.Map(
        Path, (HttpContext context) => ActivatorUtilities.CreateInstance<AccountSocketEndpoint>(app.Services).ServeAsync(context));

    protected override async ValueTask<(SocketGuest Guest, ApiError? Error)> AdmitAsync(HttpRequest request)
    {
        var (caller, error) = await door.RecogniseAsync(request);
        return caller is null
            ? (default, error)
            : (new SocketGuest(
                caller.UserId, (context, stream) => new AccountSocket(context, stream, Shared, caller, time.GetUtcNow())), null);
    }

    private sealed class AccountSocket(
        HttpContext context, Stream stream, ConnectionServices shared, AccountCaller caller, DateTimeOffset now)
        : SocketSession(context, stream, shared, caller.ExpiresAt - now)
    {
        public override string? Member => caller.UserId;

        public override string? Credential => null;

        public override string? AccountSession => caller.SessionId;

        protected override void Begin() => SendText(System.Text.Encoding.UTF8.GetBytes($$"""{"name":"{{caller.Name}}"}"""));

        protected override ValueTask OnMessageAsync(ReadOnlySpan<byte> message) => ValueTask.CompletedTask;

        protected override void OnRefused(MessageRefusal refusal, TimeSpan retryAfter)
        {
        }

        protected override ValueTask EndAsync() => ValueTask.CompletedTask;
    }
}
