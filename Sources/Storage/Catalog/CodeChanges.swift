import Domain

/// What a transaction makes of locked codes: their new state, what is written down, and the counts of their products.
struct CodeChanges {
    /// As they are now, in the order that they came in.
    private(set) var codes: [DigitalCode] = []
    private(set) var events: [AuditEvent] = []
    private var changed: [DigitalCode] = []
    private var stock: [ProductID: Int64] = [:]
    private let now: Timestamp

    /// - Parameter action: What it is called in the audit log, when that is not what the change says.
    ///
    /// Throws `conflict` when a code may not change so.
    init(
        _ change: CodeChange,
        of old: [DigitalCode],
        by actor: AuditActor,
        at now: Timestamp,
        action: String? = nil
    ) throws(HubError) {
        self.now = now
        for old in old {
            var code = old
            try code.apply(change, by: actor, at: now)
            codes.append(code)
            guard let event = AuditEvent.changed(old, to: code) else { continue }
            let name = action ?? change.action(leavingItIn: code.state)
            events.append(AuditEvent("code.\(name)", event.subject, before: event.before, after: event.after))
            changed.append(code)
            stock[code.product, default: 0] += code.stockChange(from: old)
        }
    }

    var statements: [SQLStatement] {
        guard !changed.isEmpty else { return [] }
        var statements = [CodeRow.update.over(changed.map(CodeRow.changes))]
        let moved = stock.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        if !moved.isEmpty { statements.append(Self.count(moved.map { ($0.key, $0.value) }, at: now)) }
        return statements
    }

    /// Adds to how many codes products have to sell; their rows must be locked.
    static func count(_ changes: [(ProductID, Int64)], at now: Timestamp) -> SQLStatement {
        count.over(changes.map { [.id($0.0), .integer($0.1), .moment(now)] })
    }

    private static let count = SQLBulk(
        [.text("id"), .integer("more"), .integer("now_ms")],
        """
        UPDATE products SET codes_available = codes_available + k.more, version = version + 1,
            changed_ms = CASE WHEN changed_ms < k.now_ms THEN k.now_ms ELSE changed_ms END
        FROM k WHERE products.id = k.id
        """
    )
}
