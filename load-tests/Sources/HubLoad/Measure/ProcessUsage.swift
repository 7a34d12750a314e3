import Foundation

/// What a process and its children have used so far.
struct ProcessUsage {
    /// On a core, in nanoseconds.
    var cpuNanoseconds: UInt64
    /// Resident memory in bytes; pages that the processes share count for each.
    var residentBytes: UInt64

    init(of process: Int32) {
        cpuNanoseconds = 0
        residentBytes = 0
        for process in Self.family(of: process) {
            cpuNanoseconds += Self.cpu(of: process)
            residentBytes += Self.resident(of: process)
        }
    }

    /// The process and all that descend from it.
    private static func family(of process: Int32) -> [Int32] {
        var parents: [Int32: Int32] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            if let id = Int32(name), let parent = stat(of: id).first.flatMap({ Int32($0) }) {
                parents[id] = parent
            }
        }
        var family = [process]
        var next = 0
        while next < family.count {
            family += parents.filter { $0.value == family[next] }.keys
            next += 1
        }
        return family
    }

    /// The CPU clock of another process: all its threads, also those that have ended.
    private static func cpu(of process: Int32) -> UInt64 {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func resident(of process: Int32) -> UInt64 {
        let pages = text("/proc/\(process)/statm").split(separator: " ").dropFirst().first.flatMap { UInt64($0) } ?? 0
        return pages * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The fields of `/proc/PID/stat` from the parent's id on.
    private static func stat(of process: Int32) -> [Substring] {
        let text = text("/proc/\(process)/stat")
        guard let end = text.lastIndex(of: ")") else { return [] }
        return Array(text[text.index(after: end)...].split(separator: " ").dropFirst())
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
