import Crypto
import Domain

/// The audit log: rows that are only ever added, each bound to the one before it by a hash.
///
/// A row's hash covers the row and the hash before it, so a row that is altered, missing or put in between breaks
/// the chain there. Who can write to the database could make a new chain from any place on: so note the last hash
/// elsewhere now and then (`hub audit verify` prints it).
enum AuditTrail {
    /// What the first row follows.
    static let origin = String(repeating: "0", count: 64)

    /// Locks the end of the log and returns what to write there; nothing for no events.
    static func append(
        _ events: [AuditEvent],
        by actor: AuditActor,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [SQLStatement] {
        guard !events.isEmpty else { return [] }
        guard var head = try session.execute(lockHead).first?.reader else { throw HubError.notMigrated }
        var (seq, hash) = (try head.integer(), try head.text())
        var rows: [[SQLValue]] = []
        for event in events {
            seq += 1
            let row = AuditRow(seq: seq, at: moment, actor: actor, event: event)
            hash = row.hash(after: hash)
            rows.append(row.values + [.text(hash)])
        }
        return [
            insert.over(rows),
            SQLStatement("UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1", [.integer(seq), .text(hash)]),
        ]
    }

    private static let lockHead = SQLText.locking("SELECT h.seq, h.hash FROM audit_head h WHERE h.id = 1", of: "h")

    private static let insert: SQLBulk = {
        let names = AuditRow.columns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            AuditRow.columns + [.text("hash")],
            SQLText("INSERT INTO audit_logs (\(names), hash) SELECT \(names), hash FROM k")
        )
    }()
}
