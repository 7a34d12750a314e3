import Glibc

/// Says on the standard error how a run goes: on a terminal four times a second, and a line at its end.
final class Progress {
    private let title: String
    private let isShown: Bool
    private var shownAt: UInt64 = 0
    private var deliveriesThen = 0

    init(title: String, isShown: Bool = isatty(STDERR_FILENO) == 1) {
        self.title = title
        self.isShown = isShown
    }

    func say(_ text: String) {
        guard isShown else { return }
        write("\r\u{1B}[K\(title): \(text)")
    }

    func show(_ crowd: Crowd) {
        let now = MonotonicTime.now
        guard isShown, now - shownAt > 250_000_000 else { return }
        let rate = Double(crowd.tally.deliveries - deliveriesThen) / Double(now - shownAt) * 1e9
        shownAt = now
        deliveriesThen = crowd.tally.deliveries
        say("\(crowd.published) published, \(crowd.tally.deliveries) delivered, \(Int(rate))/s")
    }

    /// Puts what came out in the place of the line.
    func end(_ figures: Figures) {
        let outcome =
            figures.failure
            ?? "\(figures.published) published, \(figures.deliveries) delivered, "
            + "CPU µs each \(Number.short(figures.cpuPerDelivery)), p99 ms \(Number.milliseconds(figures.latency?.p99))"
        write("\(isShown ? "\r\u{1B}[K" : "")\(title): \(outcome)\n")
    }

    private func write(_ text: String) {
        _ = Glibc.write(STDERR_FILENO, text, text.utf8.count)
    }
}
