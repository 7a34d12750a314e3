import Domain

/// How a pool of connections stands.
struct PoolUsage: Sendable, Equatable {
    let size: Int
    /// Connected or connecting.
    let open: Int
    /// Lent to an access.
    let leased: Int
    /// Accesses that wait for one.
    let waiting: Int

    static func families(_ pools: [(name: String, usage: PoolUsage)]) -> [MetricFamily] {
        func values(_ value: (PoolUsage) -> Int) -> [([MetricFamily.Label], Double)] {
            pools.map { ([.init("pool", $0.name)], Double(value($0.usage))) }
        }
        return [
            .gauge("hub_database_connections_max", "Connections that may be open.", values(\.size)),
            .gauge("hub_database_connections", "Connections that are open.", values(\.open)),
            .gauge("hub_database_connections_in_use", "Connections that an access has.", values(\.leased)),
            .gauge("hub_database_waiting", "Accesses that wait for a connection.", values(\.waiting)),
        ]
    }
}
