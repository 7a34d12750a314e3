import Transport

/// How many connections the limit on open files has room for.
struct OpenFileBudget: Equatable {
    /// For the database, blobs that are read and written, event loops and the rest.
    private static let ownFiles = 256

    /// Files the process may have open.
    let limit: Int
    let wanted: ConnectionLimits

    /// Files that the wanted connections need.
    var needed: Int { wanted.hardLimit + Self.ownFiles }

    var isEnough: Bool { limit >= needed }

    /// The wanted limits, or fewer connections where the files do not suffice.
    var connections: ConnectionLimits {
        guard !isEnough else { return wanted }
        // With few files in all, half of them are for connections.
        let room = limit - min(Self.ownFiles, limit / 2)
        var fitting = wanted
        fitting.maxConnections = max(1, room - min(1024, max(16, room / 16)))
        return fitting
    }
}
