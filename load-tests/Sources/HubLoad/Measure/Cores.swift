import CLinux
import Glibc

/// Which cores server and generator run on.
enum Cores {
    static var count: Int {
        Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    }

    /// Until the next call, this thread and the processes it starts keep off the last core.
    static func leaveLast() {
        _ = linux_pin(0, Int32(max(count - 2, 0)))
    }

    /// This thread runs on the last core.
    static func takeLast() {
        _ = linux_pin(Int32(count - 1), Int32(count - 1))
    }

    static func takeAll() {
        _ = linux_pin(0, Int32(count - 1))
    }
}
