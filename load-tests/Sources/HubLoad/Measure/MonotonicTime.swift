import Glibc

/// Nanoseconds of the system's monotonic clock.
enum MonotonicTime {
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func after(seconds: Double) -> UInt64 {
        now + UInt64(seconds * 1e9)
    }
}
