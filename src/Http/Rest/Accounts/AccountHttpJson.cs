using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>The JSON of what REST takes and answers about accounts, friends and playlists.</summary>
[JsonSerializable(typeof(RegisterBody))]
[JsonSerializable(typeof(LogInBody))]
[JsonSerializable(typeof(RefreshBody))]
[JsonSerializable(typeof(ProfileChangeBody))]
[JsonSerializable(typeof(PasswordChangeBody))]
[JsonSerializable(typeof(AccountDeletionBody))]
[JsonSerializable(typeof(FriendAskBody))]
[JsonSerializable(typeof(PlaylistChangeBody))]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(RegisteredBody))]
[JsonSerializable(typeof(LoggedInBody))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(SessionsBody))]
[JsonSerializable(typeof(FriendsBody))]
[JsonSerializable(typeof(FriendshipBody))]
[JsonSerializable(typeof(PlaylistBody))]
[JsonSerializable(typeof(PlaylistsBody))]
[JsonSerializable(typeof(AccountExportBody))]
[JsonSerializable(typeof(KeySetBody))]
internal sealed partial class AccountHttpJson : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    public static AccountHttpJson Wire { get; } = new(new JsonSerializerOptions(PartyJsonContext.Wire.Options));
}
