import Glibc

/// Measures what server and generator use between two moments.
struct Stretch {
    private let began = MonotonicTime.now
    private let server: ProcessUsage
    private let generator: UInt64
    private let deliveries: Int
    private let published: Int
    private let frameBytes: Int

    init(of process: PeerProcess, _ crowd: Crowd) {
        server = process.usage
        generator = Self.ownCPU
        deliveries = crowd.tally.deliveries
        published = crowd.published
        frameBytes = crowd.swarm.receivedFrameBytes
        crowd.tally.forgetLatencies()
    }

    /// Writes what was used since the beginning.
    func end(of process: PeerProcess, _ crowd: Crowd, into figures: inout Figures) {
        let nanoseconds = Double(MonotonicTime.now - began)
        let used = Double(process.usage.cpuNanoseconds) - Double(server.cpuNanoseconds)
        figures.seconds = nanoseconds / 1e9
        figures.published = crowd.published - published
        figures.deliveries = crowd.tally.deliveries - deliveries
        figures.serverCores = used / nanoseconds
        figures.generatorCores = Double(Self.ownCPU - generator) / nanoseconds
        if figures.deliveries > 0 {
            let count = Double(figures.deliveries)
            figures.cpuPerDelivery = used / 1000 / count
            figures.wireBytesPerDelivery = Double(crowd.swarm.receivedFrameBytes - frameBytes) / count
            figures.latency = Figures.Latency(
                p50: crowd.tally.percentile(50),
                p99: crowd.tally.percentile(99),
                p999: crowd.tally.percentile(99.9),
                max: crowd.tally.percentile(100)
            )
        }
    }

    private static var ownCPU: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
