namespace AkkaParty.Pipelines;

/// <summary>Names this assembly for reflection.</summary>
public static class PipelinesAssembly
{
}
