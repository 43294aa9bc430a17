using System.Diagnostics;

namespace AkkaParty.Node.Metrics;

/// <summary>What the operating system and the .NET runtime know about this process, under the names that dashboards expect.</summary>
internal static class ProcessMetrics
{
    /// <summary>Writes the values as they are now.</summary>
    public static void Write(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
        One(text, "process_cpu_seconds_total", "CPU time used, user and system.",
            MetricKind.Counter, process.TotalProcessorTime.TotalSeconds);
        One(text, "process_resident_memory_bytes", "Resident memory.", MetricKind.Gauge, process.WorkingSet64);
        One(text, "process_start_time_seconds", "When the process started, in Unix seconds.", MetricKind.Gauge, started);
        One(text, "process_threads", "Operating system threads.", MetricKind.Gauge, process.Threads.Count);

        text.Header("dotnet_gc_collections_total",
            "Garbage collections, by generation; each also counts for the younger ones.", MetricKind.Counter);
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Value("dotnet_gc_collections_total", $"generation=\"{generation}\"", GC.CollectionCount(generation));
        }

        One(text, "dotnet_gc_pause_seconds_total", "Time stopped by garbage collection.",
            MetricKind.Counter, GC.GetTotalPauseDuration().TotalSeconds);
        One(text, "dotnet_gc_heap_bytes", "Managed memory in use.", MetricKind.Gauge, GC.GetTotalMemory(forceFullCollection: false));
        One(text, "dotnet_gc_allocated_bytes_total", "Bytes allocated since the start.",
            MetricKind.Counter, GC.GetTotalAllocatedBytes(precise: false));
        One(text, "dotnet_thread_pool_threads", "Threads of the thread pool.", MetricKind.Gauge, ThreadPool.ThreadCount);
        One(text, "dotnet_thread_pool_queue_length", "Work items that wait for a thread.",
            MetricKind.Gauge, ThreadPool.PendingWorkItemCount);
        One(text, "dotnet_thread_pool_completed_total", "Work items done.", MetricKind.Counter, ThreadPool.CompletedWorkItemCount);
        One(text, "dotnet_monitor_contentions_total", "Waits for a lock that another thread held.",
            MetricKind.Counter, Monitor.LockContentionCount);
    }

    private static void One(PrometheusText text, string name, string help, MetricKind kind, double value)
    {
        text.Header(name, help, kind);
        text.Value(name, "", value);
    }
}
