using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Hosting;

/// <summary>What is written to the console, and how.</summary>
internal static class ConsoleLogs
{
    /// <summary>One line per message with a UTC time. Quiet about what works: the web server's own messages from warnings up.</summary>
    public static void AddConsoleLogs(this ILoggingBuilder logging, LoggingSection options, IConfiguration others)
    {
        logging.SetMinimumLevel(options.Level);
        logging.AddFilter("Microsoft", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
        logging.AddFilter("System", options.Level > LogLevel.Warning ? options.Level : LogLevel.Warning);
        // A failed start is told in one line by this program; the host would add the stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // The standard section (Logging__LogLevel__NAME) can still turn on what is off here.
        logging.AddConfiguration(others.GetSection("Logging"));
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
            return;
        }

        logging.AddSimpleConsole(text =>
        {
            text.SingleLine = true;
            text.UseUtcTimestamp = true;
            text.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
    }
}
