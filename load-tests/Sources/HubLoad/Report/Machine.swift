import Foundation

/// The machine on which something was measured.
struct Machine: Codable, Equatable {
    var processor: String
    var cores: Int
    var memoryMiB: Int
    var system: String

    static var this: Machine {
        let processor = value(of: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
        let memory = value(of: "MemTotal", in: "/proc/meminfo")?.split(separator: " ").first.flatMap { Int($0) } ?? 0
        let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? ""
        return Machine(
            processor: processor,
            cores: Cores.count,
            memoryMiB: memory / 1024,
            system: "Linux \(kernel.split(separator: "\n").first ?? "")"
        )
    }

    var summary: String {
        "\(cores) cores of \(processor), \(memoryMiB) MiB, \(system)"
    }

    /// The load average of the last minute.
    static var load: Double? {
        let text = try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)
        return text?.split(separator: " ").first.flatMap { Double($0) }
    }

    private static func value(of key: String, in path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
