import Domain

/// Deliveries and their leftovers as their tables store them.
enum WebhookRow {
    /// How a body stands in its column.
    enum Encoding: String {
        case text
        /// Lower-case hex, for what is no text that both databases can hold.
        case hex
    }

    static func encode(_ body: [UInt8]) -> (Encoding, String) {
        if let text = String(validating: body, as: UTF8.self), text.isStorable { return (.text, text) }
        return (.hex, HexDigest.text(of: body))
    }

    static func event(_ row: SQLRow) throws(HubError) -> WebhookEvent {
        var row = row.reader
        let id = try row.text()
        let provider = try row.text(WebhookEvent.Provider.init)
        let receivedAt = try row.moment()
        let encoding = try row.text(Encoding.init)
        let text = try row.text()
        guard let body = decode(text, encoding) else { throw row.unreadable }
        let about = try row.optionalText()
        return WebhookEvent(
            id: id, provider: provider, receivedAt: receivedAt, body: body, about: about, attempts: try row.integer())
    }

    private static func decode(_ text: String, _ encoding: Encoding) -> [UInt8]? {
        switch encoding {
        case .text:
            return Array(text.utf8)
        case .hex:
            let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
            return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
    }

    static let leftoverColumns: [SQLColumn] = [
        .text("event_id"), .integer("place"), .text("item"), .text("state"), .text("awaits"), .text("error"),
        .integer("received_ms"), .integer("attempts"),
    ]

    /// In the order of `leftoverColumns`.
    static func values(_ leftover: WebhookLeftover) -> [SQLValue] {
        let (state, awaits): (String, SQLValue) =
            switch leftover.state {
            case .waiting(let message): ("waiting", .text(message))
            case .parked: ("parked", .null)
            }
        return [
            .text(leftover.event), .count(leftover.place), .json(leftover.item), .text(state), awaits,
            .text(leftover.reason), .moment(leftover.receivedAt), .integer(leftover.attempts),
        ]
    }

    static func leftover(_ row: SQLRow) throws(HubError) -> WebhookLeftover {
        var row = row.reader
        let event = try row.text()
        let place = Int(try row.integer())
        let item = try row.json()
        let state = try row.text()
        let awaits = try row.optionalText()
        return WebhookLeftover(
            event: event,
            place: place,
            item: item,
            state: state == "waiting" ? awaits.map { .waiting(for: $0) } ?? .parked : .parked,
            reason: try row.text(),
            receivedAt: try row.moment(),
            attempts: try row.integer()
        )
    }
}
