import Domain

/// Counts and replaces envelopes, over either database.
struct SQLEnvelopeStore: EnvelopeStore {
    let database: any SQLDatabase
    private let known: [String: EnvelopePlace]
    let places: [String]

    init(database: any SQLDatabase, places: [EnvelopePlace] = EnvelopePlace.all) {
        self.database = database
        self.places = places.map(\.name)
        known = Dictionary(uniqueKeysWithValues: places.map { ($0.name, $0) })
    }

    func counts() async throws -> [EnvelopeCount] {
        let places = places.compactMap { known[$0] }
        let found = try await database.snapshot { session in
            try session.batch(places.map { SQLStatement($0.count) })
        }
        return try zip(places, found).flatMap { place, rows in
            try rows.map { row in
                var reader = row.reader
                let key = KeyName(try reader.text())
                return EnvelopeCount(place: place.name, key: key, count: Int(try reader.integer()))
            }
        }
    }

    func envelopes(
        in place: String,
        notUnder key: KeyName,
        after record: String?,
        limit: Int
    ) async throws -> [StoredEnvelope] {
        let place = try find(place)
        return try await database.read { session in
            let rows = try session.execute(
                place.page, [.text(key.description), .text(record ?? ""), .count(limit)])
            return try rows.map { row in
                var reader = row.reader
                return StoredEnvelope(record: try reader.text(), sealed: SealedSecret(try reader.text()))
            }
        }
    }

    func replace(_ changes: [EnvelopeChange], in place: String) async throws -> Int {
        guard !changes.isEmpty else { return 0 }
        let rows = changes.map { [SQLValue.text($0.record), .text($0.old.text), .text($0.new.text)] }
        let place = try find(place)
        return try await database.write { session in
            try session.finish([place.replace.over(rows)])[0].count
        }
    }

    private func find(_ name: String) throws(HubError) -> EnvelopePlace {
        guard let place = known[name] else { throw .notFound("\(name) holds no envelopes.") }
        return place
    }
}
