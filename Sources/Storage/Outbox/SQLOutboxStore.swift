import Domain

/// The outbox over either database.
struct SQLOutboxStore: OutboxStore {
    let database: any SQLDatabase

    func add(_ entries: [OutboxEntry]) async throws {
        guard !entries.isEmpty else { return }
        let insert = OutboxRow.insert.over(try entries.map { try OutboxRow.values($0, database.texts) })
        try await database.write { session in _ = try session.finish([insert]) }
    }

    func entry(_ id: OutboxEntryID) async throws -> OutboxEntry? {
        try await database.read { session in
            let row = try session.execute(OutboxStatements.byID, [.id(id)]).first
            return try row.map { try OutboxRow($0, session.texts).entry }
        }
    }

    func claim(
        limit: Int,
        without resting: Set<String>,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) async throws -> [OutboxEntry] {
        guard limit > 0 else { return [] }
        let due = OutboxStatements.due(limit: limit, without: resting, at: moment)
        return try await database.write { session in
            try Self.take(try session.execute(due), at: moment, limits, session)
        }
    }

    func claimHooks(
        _ berths: [String: Int],
        usual: Int,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) async throws -> [OutboxEntry] {
        // Nearly always there is nothing, and asking takes no lock.
        let isDue = try await database.read { session in
            try !session.execute(OutboxStatements.anyHookDue, [.moment(moment)]).isEmpty
        }
        guard isDue else { return [] }
        return try await database.write { session in
            let numbers = try session.execute(OutboxStatements.hookNumbers).map { row in
                var row = row.reader
                return try row.text()
            }
            let due = numbers.compactMap { number -> SQLStatement? in
                let free = berths[number] ?? usual
                guard free > 0 else { return nil }
                return SQLStatement(OutboxStatements.dueHooks, [.text(number), .moment(moment), .count(free)])
            }
            guard !due.isEmpty else { return [] }
            return try Self.take(
                Array(try session.batch(due).joined()), at: moment, limits.of(OutboxChannel.hook), session)
        }
    }

    private static func take(
        _ rows: [SQLRow],
        at moment: Timestamp,
        _ limits: OutboxLimits,
        _ session: any SQLSession
    ) throws -> [OutboxEntry] {
        let taken = try rows.map { try OutboxRow($0, session.texts) }.compactMap { row -> OutboxEntry? in
            var entry = row.entry
            return entry.delivery.take(at: moment, limits) ? entry : nil
        }
        guard !taken.isEmpty else { return [] }
        _ = try session.finish([
            OutboxStatements.update.over(taken.map { OutboxStatements.update($0, isUntold: false) })
        ])
        return taken
    }

    func change(
        _ id: OutboxEntryID,
        _ decide: @escaping @Sendable (inout OutboxDelivery) -> Void
    ) async throws -> OutboxEntry? {
        try await database.write { session in
            guard let row = try session.execute(OutboxStatements.lock, [.id(id)]).first else { return nil }
            let old = try OutboxRow(row, session.texts).entry
            var new = old
            decide(&new.delivery)
            guard new.delivery != old.delivery else { return old }
            _ = try session.finish(Self.statements(of: [(old, new)]))
            return new
        }
    }

    func pass(at moment: Timestamp, limit: Int, _ limits: OutboxLimits) async throws -> Int {
        try await database.write { session in
            let found = try session.batch([
                SQLStatement(OutboxStatements.ending, [.moment(moment), .count(limit)]),
                SQLStatement(OutboxStatements.ageing, [.moment(moment - limits.maxAge), .count(limit)]),
            ])
            let changes = try found.joined().compactMap { row -> (OutboxEntry, OutboxEntry)? in
                let old = try OutboxRow(row, session.texts).entry
                var new = old
                return new.delivery.pass(at: moment, limits.of(old)) ? (old, new) : nil
            }
            guard !changes.isEmpty else { return 0 }
            _ = try session.finish(Self.statements(of: changes))
            return changes.count
        }
    }

    func hasten(_ channel: OutboxChannel, at moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write { session in
            let found = try session.execute(
                OutboxStatements.putOff, [.text(channel.rawValue), .moment(moment), .count(limit)])
            let changes = try found.map { row in
                let old = try OutboxRow(row, session.texts).entry
                var new = old
                new.delivery.hasten(at: moment)
                return (old, new)
            }
            guard !changes.isEmpty else { return 0 }
            _ = try session.finish(Self.statements(of: changes))
            return changes.count
        }
    }

    func cancel(_ message: SequenceNumber, in room: RoomID) async throws -> Int {
        try await database.write { session in
            try session.finish(OutboxStatements.cancel, [.id(room), .seq(message)])
                .count { $0.values[0] == .text(OutboxDelivery.State.cancelled.rawValue) }
        }
    }

    /// Writes deliveries that have changed; what is left of a message whose part has failed is cancelled.
    private static func statements(of changes: [(old: OutboxEntry, new: OutboxEntry)]) -> [SQLStatement] {
        let rows = changes.map { old, new in
            OutboxStatements.update(new, isUntold: new.room != nil && new.delivery.status != old.delivery.status)
        }
        let failed = changes.map(\.new).filter { $0.delivery.state == .failed }
        let places = changes.compactMap { old, new -> SQLStatement? in
            guard let id = new.delivery.providerID, old.delivery.providerID == nil else { return nil }
            return new.place(id)
        }
        return [OutboxStatements.update.over(rows)] + places
            + failed.compactMap { entry in
                entry.room.map { SQLStatement(OutboxStatements.cancel, [.id($0), .seq(entry.seq)]) }
            }
    }

    // MARK: Reports

    func untold(limit: Int) async throws -> [OutboxReport] {
        try await database.snapshot { session in
            let messages = try session.execute(OutboxStatements.untold, [.count(limit)])
            guard !messages.isEmpty else { return [] }
            var parts: [MessageKey: [OutboxReport.Part]] = [:]
            for row in try session.execute(OutboxStatements.parts.over(messages.map(\.values))) {
                var row = row.reader
                let id = try row.text(OutboxEntryID.init)
                let version = try row.integer()
                let key = try MessageKey(&row)
                let delivery = try OutboxRow.delivery(&row)
                parts[key, default: []].append(.init(id: id, version: version, delivery: delivery))
            }
            return try messages.map { row in
                var row = row.reader
                let key = try MessageKey(&row)
                return OutboxReport(
                    room: key.room, seq: key.seq, parts: (parts[key] ?? []).sorted { $0.id < $1.id })
            }
        }
    }

    func told(_ report: OutboxReport) async throws {
        guard !report.parts.isEmpty else { return }
        let told = OutboxStatements.told.over(report.parts.map { [.id($0.id), .integer($0.version)] })
        try await database.write { session in _ = try session.finish([told]) }
    }

    func counts(_ share: OutboxShare) async throws -> [OutboxDelivery.State: Int64] {
        try await database.read { session in
            var counts: [OutboxDelivery.State: Int64] = [:]
            for row in try session.execute(OutboxStatements.counts(share)) {
                var row = row.reader
                counts[try row.text(OutboxDelivery.State.init(rawValue:))] = try row.integer()
            }
            return counts
        }
    }
}

extension OutboxEntry {
    /// Writes down where a message of ours stands, so that answers and reactions to it find it.
    fileprivate func place(_ id: String) -> SQLStatement? {
        switch content {
        case .mail, .sms, .slack, .appointment, .hook, .whatsApp(.reaction): return nil
        case .whatsApp:
            guard let room else { return nil }
            let values: [SQLValue] = [
                .text(id), .id(room), .seq(seq), .moment(delivery.createdAt), .json(.object([:])),
            ]
            return SQLStatement(WhatsAppStatements.place, values)
        }
    }
}

private struct MessageKey: Hashable {
    let room: RoomID
    let seq: SequenceNumber

    init(_ row: inout SQLRowReader) throws(HubError) {
        room = try row.text(RoomID.init)
        seq = try row.seq()
    }
}
