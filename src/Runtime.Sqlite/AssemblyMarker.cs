namespace AkkaParty.Runtime.Sqlite;

/// <summary>Names this assembly for reflection.</summary>
public static class RuntimeSqliteAssembly
{
}
