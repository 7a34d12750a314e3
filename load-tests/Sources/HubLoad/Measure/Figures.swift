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
    /// What only this scenario measures, by name with the unit.
    var more: [String: Double] = [:]

    var deliveriesPerSecond: Double? {
        seconds > 0 && deliveries > 0 ? Double(deliveries) / seconds : nil
    }
}
