using AkkaParty.Accounts.Tests.Kit;
using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests;

public sealed class SqliteRegistrationSpec : RegistrationSpec<SqliteAccounts>;

public sealed class SqliteLogInSpec : LogInSpec<SqliteAccounts>;

public sealed class SqliteRefreshSpec : RefreshSpec<SqliteAccounts>;

public sealed class SqliteSessionSpec : SessionSpec<SqliteAccounts>;

public sealed class SqliteTokenSpec : TokenSpec<SqliteAccounts>;

public sealed class SqliteKeySpec : KeySpec<SqliteAccounts>;

public sealed class SqliteFriendSpec : FriendSpec<SqliteAccounts>;

public sealed class SqlitePlaylistSpec : PlaylistSpec<SqliteAccounts>;

public sealed class SqliteRateSpec : RateSpec<SqliteAccounts>;

public sealed class PostgresRegistrationSpec : RegistrationSpec<PostgresAccounts>;

public sealed class PostgresLogInSpec : LogInSpec<PostgresAccounts>;

public sealed class PostgresRefreshSpec : RefreshSpec<PostgresAccounts>;

public sealed class PostgresSessionSpec : SessionSpec<PostgresAccounts>;

public sealed class PostgresTokenSpec : TokenSpec<PostgresAccounts>;

public sealed class PostgresKeySpec : KeySpec<PostgresAccounts>;

public sealed class PostgresFriendSpec : FriendSpec<PostgresAccounts>;

public sealed class PostgresPlaylistSpec : PlaylistSpec<PostgresAccounts>;

public sealed class PostgresRateSpec : RateSpec<PostgresAccounts>;
