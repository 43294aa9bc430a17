namespace AkkaParty.Bench.Measuring;

/// <summary>What a number of operations cost this process.</summary>
internal readonly record struct Cost(long Operations, TimeSpan Elapsed, TimeSpan Cpu, long AllocatedBytes)
{
    /// <summary>Operations per second.</summary>
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    /// <summary>Microseconds of CPU per operation, user and system, all threads.</summary>
    public double CpuMicroseconds => Cpu.TotalMicroseconds / Math.Max(1, Operations);

    /// <summary>Bytes allocated per operation.</summary>
    public double BytesEach => (double)AllocatedBytes / Math.Max(1, Operations);

    /// <summary>How many processors were busy.</summary>
    public double Processors => Cpu / Elapsed;
}
