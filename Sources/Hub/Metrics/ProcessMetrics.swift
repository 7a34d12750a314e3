import Domain
import Foundation

/// The process as the kernel sees it (proc(5)), under the names that all of Prometheus' clients use.
struct ProcessMetrics: MetricSource {
    private let startedAt: Timestamp

    init(startedAt moment: Timestamp) {
        startedAt = moment
    }

    func families() -> [MetricFamily] {
        var families: [MetricFamily] = [
            .gauge("hub_build_info", "Which hub this is; always 1.", [([.init("version", HubVersion.current)], 1)]),
            .gauge(
                "process_start_time_seconds", "When the process started, since 1970.",
                Double(startedAt.milliseconds) / 1000),
        ]
        if let memory = Self.residentBytes {
            families.append(.gauge("process_resident_memory_bytes", "Memory of the process.", memory))
        }
        if let seconds = Self.cpuSeconds {
            families.append(.counter("process_cpu_seconds_total", "CPU that the process used.", seconds))
        }
        if let files = Self.openFiles {
            families.append(.gauge("process_open_fds", "Files and sockets that are open.", files))
        }
        return families
    }

    private static var residentBytes: Double? {
        guard let pages = fields("/proc/self/statm").dropFirst().first.flatMap({ Double($0) }) else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// `utime` and `stime`, in ticks. The name before them may hold spaces and ends with the last parenthesis.
    private static var cpuSeconds: Double? {
        let text = text("/proc/self/stat")
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static var openFiles: Double? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count) }
    }

    private static func fields(_ path: String) -> [Substring] { text(path).split(separator: " ") }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
