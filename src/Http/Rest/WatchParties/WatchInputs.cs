using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest.Input;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>The inputs of a request about a watch party.</summary>
/// <param name="Body">The body's members; there are none when it has no body.</param>
/// <param name="Query">The query's parameters.</param>
/// <param name="Faults">What is wrong with them, as far as they were read.</param>
internal sealed record WatchInputs(InputFields Body, InputFields Query, FaultList Faults)
{
    /// <summary>The longest title.</summary>
    public const int TitleMax = 200;

    private const int DescriptionMax = 1_000;
    private const int PasswordMin = 4;
    private const int PasswordMax = 100;
    private const int RequestMessageMax = 500;
    private const int GuestNameMax = 100;
    private const int IdMax = 100;

    /// <summary>The first fault: this surface answers 400 with one of them.</summary>
    /// <returns>The error, or null when nothing is wrong.</returns>
    public ApiError? ToError() => Faults.ToError() is { } error ? ApiError.Invalid(error.Message, error.Field) : null;

    /// <summary>Notes a fault of a rule that spans members.</summary>
    /// <param name="name">The member.</param>
    /// <param name="message">The rule.</param>
    public void Refuse(string name, string message) => Body.Fault<string>("value_error", name, message);

    /// <summary>A party's title.</summary>
    /// <param name="name">The member.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The title, or null.</returns>
    public string? Title(string name, bool isRequired) => Body.Text(name, TitleMax, isRequired: isRequired);

    /// <summary>A party's description; empty for none.</summary>
    /// <returns>The description; null when it was left out.</returns>
    public string? Description() => Body.Text("description", DescriptionMax, min: 0, isProse: true);

    /// <summary>A password to set.</summary>
    /// <returns>The password, empty to end one, null when it was left out.</returns>
    public string? NewPassword()
    {
        if (!Body.Has("password"))
        {
            return null;
        }

        var password = Body.Text("password", PasswordMax, min: 0) ?? string.Empty;
        if (password.Length is > 0 and < PasswordMin)
        {
            Refuse("password", $"password must be {PasswordMin} to {PasswordMax} characters, or empty for none");
        }

        return password;
    }

    /// <summary>A password that is tried.</summary>
    /// <returns>The password, or null.</returns>
    public string? Password() => Body.Text("password", PasswordMax, min: 0) is { Length: > 0 } password ? password : null;

    /// <summary>The settings with what the body says about them.</summary>
    /// <param name="settings">The settings that are otherwise.</param>
    /// <returns>The settings, and whether the body says anything about them.</returns>
    public (WatchSettings Settings, bool IsAny) Settings(WatchSettings settings)
    {
        var fields = Body.Object("settings") ?? Body;
        var visibility = fields.OneOf("visibility", WatchWords.Visibilities);
        var participants = fields.Integer("max_participants", 2, 1_000);
        var controls = fields.OneOf("controls", WatchWords.Controls);
        var wait = fields.Flag("wait_for_ready");
        var ready = fields.Integer("ready_seconds", 1, 60);
        var slow = fields.Integer("slow_mode_seconds", 0, 300);
        var skip = fields.Integer("skip_percent", 0, 100);
        var isAny = visibility is not null || participants is not null || controls is not null || wait is not null || ready is not null
            || slow is not null || skip is not null;
        return (
            new WatchSettings
            {
                Visibility = visibility ?? settings.Visibility,
                ParticipantsMax = (int)(participants ?? settings.ParticipantsMax),
                Controls = controls ?? settings.Controls,
                WaitForReady = wait ?? settings.WaitForReady,
                ReadySeconds = (int)(ready ?? settings.ReadySeconds),
                SlowModeSeconds = (int)(slow ?? settings.SlowModeSeconds),
                SkipPercent = (int)(skip ?? settings.SkipPercent),
            },
            isAny);
    }

    /// <summary>Somebody's id.</summary>
    /// <param name="name">The member.</param>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>A UUID in its 36-character form, lower case; null when it was left out or is wrong.</returns>
    public string? MemberId(string name, bool isRequired = true)
    {
        if (Body.Text(name, IdMax, isRequired: isRequired) is not { } text)
        {
            return null;
        }

        return Guid.TryParseExact(text, "D", out var id)
            ? id.ToString("D")
            : Body.Fault<string>("uuid_parsing", name, $"{name} must be a UUID");
    }

    /// <summary>An item's id of the body.</summary>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>The id, or null.</returns>
    public string? ItemId(bool isRequired) => MemberId("item_id", isRequired && !Body.Has("clip_id")) ?? MemberId("clip_id", false);

    /// <summary>A position.</summary>
    /// <param name="isRequired">Whether it must be there.</param>
    /// <returns>Milliseconds from <c>position_ms</c> or <c>position</c> (seconds); null when it was left out or is wrong.</returns>
    public long? PositionMs(bool isRequired = false)
    {
        if (Body.Number("position_ms", 0, WatchInputLimits.PositionMsMax) is { } ms)
        {
            return (long)Math.Round(ms);
        }

        var seconds = Body.Number("position", 0, WatchInputLimits.PositionMsMax / 1000)
            ?? Body.Number("current_time", 0, WatchInputLimits.PositionMsMax / 1000);
        if (seconds is null && isRequired && !Body.Has("position") && !Body.Has("position_ms") && !Body.Has("current_time"))
        {
            Refuse("position", "position (seconds) or position_ms is required");
        }

        return seconds is { } value ? (long)Math.Round(value * 1000) : null;
    }

    /// <summary>When the client meant a command, from when on the time until its effect counts.</summary>
    /// <returns>The time of <c>meant_at_ms</c> (milliseconds since 1970, cluster time); null when it was left out.</returns>
    public DateTimeOffset? MeantAt() =>
        Body.Integer("meant_at_ms", 0, WatchInputLimits.InstantMsMax) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>What somebody says who asks to be let in.</summary>
    /// <returns>The message; null for none.</returns>
    public string? RequestMessage()
    {
        var message = Body.Text("request_message", RequestMessageMax, min: 0, isProse: true) ?? Message();
        return message is "" ? null : message;
    }

    /// <summary>What a host says with an answer or an invitation.</summary>
    /// <returns>The message; null for none.</returns>
    public string? Message() =>
        Body.Text("message", RequestMessageMax, min: 0, isProse: true) is { Length: > 0 } message ? message : null;

    /// <summary>A guest's name.</summary>
    /// <returns>The name, or null.</returns>
    public string? GuestName() => Body.Text("guest_name", GuestNameMax, isRequired: true);

    /// <summary>A number of the query.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="min">At least.</param>
    /// <param name="max">At most.</param>
    /// <param name="otherwise">The number when it is left out or wrong.</param>
    /// <returns>The number.</returns>
    public int Page(string name, int min, int max, int otherwise) => (int)(Query.Integer(name, min, max) ?? otherwise);
}

/// <summary>The widest numbers that inputs may have.</summary>
internal static class WatchInputLimits
{
    /// <summary>The farthest position: a day.</summary>
    public const int PositionMsMax = 86_400_000;

    /// <summary>The latest instant that can be named: the end of the year 9999.</summary>
    public const long InstantMsMax = 253_402_300_799_000;
}
