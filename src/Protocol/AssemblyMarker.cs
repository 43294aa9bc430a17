namespace AkkaParty.Protocol;

/// <summary>Names this assembly for reflection.</summary>
public static class ProtocolAssembly
{
}
