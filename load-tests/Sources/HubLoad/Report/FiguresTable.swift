/// The table of all runs.
enum FiguresTable {
    static let leading = 2

    static func table(of runs: [Figures]) -> TextTable {
        var table = TextTable(head: [
            "scenario", "target", "published/s", "deliveries/s", "CPU µs each", "p50 ms", "p99 ms", "p99.9 ms",
            "wire bytes",
            "KiB each conn.", "server cores", "generator", "lost", "doubled", "behind",
        ])
        for run in runs where run.failure == nil {
            table.rows.append([
                run.title,
                run.target,
                Number.short(run.publishedPerSecond),
                Number.short(run.deliveriesPerSecond),
                Number.short(run.cpuPerDelivery),
                Number.milliseconds(run.latency?.p50),
                Number.milliseconds(run.latency?.p99),
                Number.milliseconds(run.latency?.p999),
                Number.short(run.wireBytesPerDelivery),
                Number.short(run.residentPerConnection.map { $0 / 1024 }),
                Number.short(run.serverCores),
                Number.short(run.generatorCores),
                Number.grouped(run.lost),
                Number.grouped(run.duplicates),
                Number.grouped(run.behind),
            ])
        }
        return table
    }

    /// What only some scenarios measure, and what went wrong.
    static func notes(on results: Results) -> [String] {
        var notes: [String] = []
        for run in results.runs {
            if let failure = run.failure {
                notes.append("\(run.target), \(run.title): failed. \(failure)")
            }
            for (name, value) in run.more.sorted(by: { $0.key < $1.key }) {
                notes.append("\(run.target), \(run.title): \(name) \(Number.short(value))")
            }
        }
        for (name, reason) in results.absent.sorted(by: { $0.key < $1.key }) {
            notes.append("\(name) took no part: \(reason)")
        }
        return notes
    }
}
