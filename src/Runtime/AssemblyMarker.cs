namespace AkkaParty.Runtime;

/// <summary>Names this assembly for reflection.</summary>
public static class RuntimeAssembly
{
}
