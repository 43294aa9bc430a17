namespace AkkaParty.Node.Configuration;

/// <summary>Takes the cluster's secret from its file, so that it need not stand in a configuration.</summary>
internal static class ClusterSecret
{
    /// <summary>Reads the file, if one is named.</summary>
    /// <param name="cluster">Gets the secret.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? ReadFile(ClusterSection cluster)
    {
        if (cluster.SecretFile.Length == 0 || cluster.Secret.Length > 0)
        {
            return null;
        }

        try
        {
            var secret = File.ReadAllText(cluster.SecretFile).Trim();
            var rule = new SecretTextAttribute();
            if (secret.Length == 0 || !rule.Accepts(secret))
            {
                return $"AkkaParty:Cluster:SecretFile = \"{cluster.SecretFile}\": what it holds {rule.Text}.";
            }

            cluster.FileSecret = secret;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"AkkaParty:Cluster:SecretFile = \"{cluster.SecretFile}\" cannot be read: {exception.Message.ReplaceLineEndings(" ")}";
        }
    }
}
