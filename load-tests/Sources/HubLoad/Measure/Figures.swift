/// What one run of one scenario against one target measured.
struct Figures: Codable, Equatable {
    struct Latency: Codable, Equatable {
        /// Microseconds.
        var p50: UInt64
        var p99: UInt64
        var p999: UInt64
        var max: UInt64
    }

    var scenario: Scenario
    var title: String
    var target: String
    var deflate: Bool
    /// Why there are no figures.
    var failure: String?
    var connections = 0
    /// Of the measured part.
    var seconds = 0.0
    var published = 0
    var deliveries = 0
    /// Server CPU in microseconds for each delivery.
    var cpuPerDelivery: Double?
    /// Cores that the server and the generator kept busy.
    var serverCores = 0.0
    var generatorCores = 0.0
    /// Bytes of a delivery on the wire with the frame's head, TCP apart.
    var wireBytesPerDelivery: Double?
    var latency: Latency?
    /// Resident bytes for each connection, above those of the server without any.
    var residentPerConnection: Double?
    var lost = 0
    var duplicates = 0
    /// Times a member was told that it is behind, and pulled.
    var behind = 0
    /// How often it was run; the figures are those of the run in the middle.
    var runs = 1
    /// What only this scenario measures, by name with the unit.
    var more: [String: Double] = [:]

    var publishedPerSecond: Double? {
        seconds > 0 && published > 0 ? Double(published) / seconds : nil
    }

    var deliveriesPerSecond: Double? {
        seconds > 0 && deliveries > 0 ? Double(deliveries) / seconds : nil
    }

    mutating func noteMemory(of server: PeerProcess, above empty: UInt64) {
        residentPerConnection = (Double(server.usage.residentBytes) - Double(empty)) / Double(connections)
    }

    /// The run in the middle by its cost; losses and duplicates are those of the worst.
    static func middle(of runs: [Figures]) -> Figures? {
        let good = runs.filter { $0.failure == nil }.sorted { $0.cost < $1.cost }
        guard var middle = good.isEmpty ? runs.first : good[good.count / 2] else { return nil }
        middle.lost = runs.map(\.lost).max() ?? 0
        middle.duplicates = runs.map(\.duplicates).max() ?? 0
        middle.runs = good.count
        return middle
    }

    /// What runs of one scenario are sorted by.
    private var cost: Double {
        switch scenario {
        case .fanout, .rooms, .slow, .rest, .pages, .webhook: cpuPerDelivery ?? .infinity
        case .answers: more[MoreKey.cpuOfDelta] ?? .infinity
        case .publish: -Double(published)
        case .idle: residentPerConnection ?? .infinity
        case .storm: more[MoreKey.secondsUntilLive] ?? .infinity
        }
    }
}

/// The names of what only some scenarios measure.
enum MoreKey {
    static let microsecondsPerSecond = "CPU of a connection, µs/s"
    static let secondsUntilLive = "until all are live, s"
    static let retries = "times the server asked to come later"
    static let cpuOfReturn = "CPU of a return, µs"
    static let p99WithoutSlow = "p99 while all read, µs"
    static let cpuOfDelta = "CPU of a delta, µs"
    static let deltasPerSecond = "deltas/s"
    static let growingAnswers = "answers that grew"
    static let p99WithoutAnswers = "p99 of people's messages without answers, µs"
    static let memoryOfSlow = "memory more with it, KiB"
}
