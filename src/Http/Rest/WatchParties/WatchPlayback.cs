using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Playback and playlist over REST: what the sockets do, for programs without one.</summary>
internal sealed class WatchPlayback(WatchCalls calls, MediaInputs media)
{
    private const double RateMin = Playback.RateMin;

    /// <summary>Plays.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> PlayAsync(string id, HttpContext context) => CommandAsync(
        id, context, static (call, inputs) => new Play(call.At, call.Actor, inputs.PositionMs()) { MeantAt = inputs.MeantAt() });

    /// <summary>Pauses.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> PauseAsync(string id, HttpContext context) => CommandAsync(
        id, context, static (call, inputs) => new Pause(call.At, call.Actor, inputs.PositionMs()) { MeantAt = inputs.MeantAt() });

    /// <summary>Goes to a position.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> SeekAsync(string id, HttpContext context) => CommandAsync(
        id,
        context,
        static (call, inputs) => new Seek(call.At, call.Actor, inputs.PositionMs(isRequired: true) ?? 0) { MeantAt = inputs.MeantAt() });

    /// <summary>Changes the speed.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> RateAsync(string id, HttpContext context) => CommandAsync(
        id,
        context,
        static (call, inputs) =>
        {
            var rate = inputs.Body.Number("rate", 0, (int)Playback.RateMax);
            if (rate is < RateMin || (rate is null && !inputs.Body.Has("rate")))
            {
                inputs.Refuse("rate", "rate must be 0.25 to 4");
            }

            return new SetRate(call.At, call.Actor, rate ?? 1) { MeantAt = inputs.MeantAt() };
        });

    /// <summary>Goes to another item.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> SkipAsync(string id, HttpContext context) => CommandAsync(
        id, context, static (call, inputs) => new SkipItem(call.At, call.Actor, inputs.ItemId(false)) { MeantAt = inputs.MeantAt() });

    /// <summary>Votes to skip what plays.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> VoteAsync(string id, HttpContext context) => calls.CommandAsync(
        context,
        id,
        BodyNeed.Required,
        static call => new VoteToSkip(
            call.At, call.Actor, call.Inputs.ItemId(true) ?? string.Empty, call.Inputs.Body.Flag("skip") ?? true),
        WatchAnswer.Done("Vote counted"));

    /// <summary>Says where the party plays.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> ShowAsync(string id, HttpContext context) => calls.QueryAsync(
        context, id, WatchNeed.Somebody, static call => new GetPlayback(call.Actor, call.At), WatchAnswer.Playback);

    /// <summary>Adds an item.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> AddAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var wanted = MediaInputs.Read(call.Inputs.Body);
        var place = Place(call.Inputs.Body);
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, call.Caller.Key!);
        var (item, unknown) = keyError is null
            ? await media.CompleteAsync(wanted, key?.Derive("item") ?? Guid.CreateVersion7(call.At), context.RequestAborted)
            : (null, keyError);
        if (item is null)
        {
            return new ProblemResult(unknown!);
        }

        var (result, refused) = await WatchCalls.AskAsync(call, new AddMediaItem(call.At, call.Actor, item, place));
        return refused is null ? WatchAnswer.ItemAdded(call, result) : new ProblemResult(refused);
    }

    /// <summary>Removes an item.</summary>
    /// <param name="id">The party.</param>
    /// <param name="itemId">Which.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> RemoveAsync(string id, string itemId, HttpContext context) => calls.CommandAsync(
        context,
        id,
        BodyNeed.None,
        call => new RemoveMediaItem(call.At, call.Actor, itemId.ToLowerInvariant()),
        WatchAnswer.Items);

    /// <summary>Moves an item, or says how long it is.</summary>
    /// <param name="id">The party.</param>
    /// <param name="itemId">Which.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> ChangeAsync(string id, string itemId, HttpContext context) => calls.CommandAsync(
        context,
        id,
        BodyNeed.Required,
        call =>
        {
            var (place, duration) = (Place(call.Inputs.Body), MediaInputs.DurationMs(call.Inputs.Body));
            if (place is null == duration is null)
            {
                call.Inputs.Refuse("place", "either place or duration_ms is required");
            }

            itemId = itemId.ToLowerInvariant();
            return duration is { } known
                ? new NoteDuration(call.At, call.Actor, itemId, known)
                : new MoveMediaItem(call.At, call.Actor, itemId, place ?? 0);
        },
        static (call, result) => result.Reply is PlaylistChanged
            ? WatchAnswer.Items(call, result)
            : WatchAnswer.Playback(call, result));

    private static int? Place(InputFields body) => (int?)body.Integer("place", 0, WatchLimits.ItemsMax);

    private Task<IResult> CommandAsync(string id, HttpContext context, Func<WatchCall, WatchInputs, PlaybackCommand> make) =>
        calls.CommandAsync(context, id, BodyNeed.Optional, call => make(call, call.Inputs), WatchAnswer.Playback);
}
