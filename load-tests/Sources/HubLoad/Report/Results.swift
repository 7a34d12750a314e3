import Foundation

/// All runs of one call, as the JSON file holds them.
struct Results: Codable, Equatable {
    var machine: Machine
    /// ISO 8601, UTC.
    var date: String
    /// The commit of the hub; empty when it is not known.
    var revision: String
    /// How many programs wanted a core in the minute before the first run; none on a quiet machine.
    var loadBefore: Double?
    /// Peers that took no part, and why.
    var absent: [String: String] = [:]
    var runs: [Figures] = []

    init(machine: Machine = .this, date: Date = Date(), revision: String) {
        self.machine = machine
        loadBefore = Machine.load
        self.date = ISO8601DateFormatter().string(from: date)
        self.revision = revision
    }

    init(path: String) throws(LoadError) {
        do {
            self = try JSONDecoder().decode(Results.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw LoadError("\(path) is no file of results: \(error)")
        }
    }

    func write(to path: String) throws(LoadError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: URL(fileURLWithPath: path))
        } catch {
            throw LoadError("could not write \(path): \(error)")
        }
    }

    /// Takes over newer results; their runs replace those of the same title and target.
    mutating func merge(_ newer: Results) {
        (machine, date, revision, loadBefore) = (newer.machine, newer.date, newer.revision, newer.loadBefore)
        absent = newer.absent
        for run in newer.runs {
            if let index = runs.firstIndex(where: { $0.title == run.title && $0.target == run.target }) {
                runs[index] = run
            } else {
                runs.append(run)
            }
        }
    }

    /// The run of a target whose title is this.
    func run(_ target: String, _ title: String) -> Figures? {
        runs.first { $0.target == target && $0.title == title && $0.failure == nil }
    }

    /// Titles in the order in which they were run.
    var titles: [String] {
        var seen: Set<String> = []
        return runs.map(\.title).filter { seen.insert($0).inserted }
    }
}
