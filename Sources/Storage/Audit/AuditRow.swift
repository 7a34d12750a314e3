import Crypto
import Domain

/// A row of the audit log, as it is stored and as it is hashed.
struct AuditRow: Sendable, Equatable {
    let seq: Int64
    let at: Timestamp
    let actor: AuditActor
    let event: AuditEvent

    static let columns: [SQLColumn] = [
        .integer("seq"), .integer("at_ms"), .text("actor_kind"), .text("actor_id"), .text("actor_name"),
        .text("address"), .text("request_id"), .text("action"), .text("subject_kind"), .text("subject_id"),
        .text("before_json"), .text("after_json"),
    ]

    /// `columns` and the hash, of the table named `a`.
    static let selected = (columns.map(\.name) + ["hash"]).map { "a.\($0)" }.joined(separator: ", ")

    /// In the order of `columns`.
    var values: [SQLValue] {
        [
            .integer(seq), .moment(at), .text(actor.kind.rawValue), .text(actor.id), .text(actor.name),
            .optional(actor.address), .optional(actor.requestID), .text(event.action), .text(event.subject.kind),
            .text(event.subject.id), .optional(event.before?.text), .optional(event.after?.text),
        ]
    }

    /// Reads what `selected` names.
    static func entry(_ row: SQLRow) throws(HubError) -> AuditEntry {
        var row = row.reader
        let (seq, moment) = (try row.integer(), try row.moment())
        let actor = AuditActor(
            kind: try row.text(AuditActor.Kind.init),
            id: try row.text(),
            name: try row.text(),
            address: try row.optionalText(),
            requestID: try row.optionalText()
        )
        let action = try row.text()
        let subject = AuditSubject(kind: try row.text(), id: try row.text())
        let event = AuditEvent(action, subject, before: try row.optionalJSON(), after: try row.optionalJSON())
        return AuditEntry(seq: seq, at: moment, actor: actor, event: event, hash: try row.text())
    }

    /// SHA-256 over the hash before and each column with its length, in lower-case hex.
    func hash(after previous: String) -> String { Self.hash(of: values, after: previous) }

    /// - Parameter values: Columns as they are stored, in the order of `columns`.
    static func hash(of values: some Sequence<SQLValue>, after previous: String) -> String {
        var hash = SHA256()
        hash.update(data: Array(previous.utf8))
        for value in values { hash.update(data: canonical(value)) }
        return HexDigest.text(of: hash.finalize())
    }

    /// Lengths keep columns apart, and null apart from an empty text.
    private static func canonical(_ value: SQLValue) -> [UInt8] {
        switch value {
        case .null: Array("\n-".utf8)
        case .integer(let integer): canonical(.text(String(integer)))
        case .text(let text): Array("\n\(text.utf8.count):\(text)".utf8)
        }
    }
}
