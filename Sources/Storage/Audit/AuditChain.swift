import Domain

/// Follows the chain of hashes from row to row and finds the first that does not fit.
///
/// A row that fails is told apart by its neighbours: when the row behind it fits in its place, it was put in
/// between; else it was altered.
struct AuditChain {
    /// A row as it is stored, and the hash that is stored with it.
    struct Link: Sendable, Equatable {
        let seq: Int64
        /// In the order of `AuditRow.columns`.
        let values: [SQLValue]
        let hash: String

        /// What the hash must be.
        func hash(after previous: String) -> String { AuditRow.hash(of: values, after: previous) }

        /// What it must be if the row had another number.
        func hash(at seq: Int64, after previous: String) -> String {
            AuditRow.hash(of: [.integer(seq)] + values.dropFirst(), after: previous)
        }
    }

    /// The last row that fits.
    private(set) var last: AuditMark
    /// The one before it.
    private var beforeLast: AuditMark?
    private(set) var rows: Int64 = 0
    /// A row that fails, while the one behind it is awaited.
    private var suspect: Link?

    init(after last: AuditMark) {
        self.last = last
    }

    mutating func take(_ link: Link) throws(AuditBreak) {
        if let suspect {
            throw link.hash == link.hash(at: suspect.seq, after: last.hash)
                ? .inserted(seq: suspect.seq) : .altered(seq: suspect.seq)
        }
        guard link.seq > 0 else { throw .inserted(seq: link.seq) }
        guard link.seq == last.seq + 1 else { throw .missing(last.seq + 1...link.seq - 1) }
        guard link.hash == link.hash(after: last.hash) else {
            if let beforeLast, link.hash == link.hash(at: last.seq, after: beforeLast.hash) {
                throw .inserted(seq: last.seq)
            }
            suspect = link
            return
        }
        beforeLast = last
        last = AuditMark(seq: link.seq, hash: link.hash)
        rows += 1
    }

    /// - Parameter head: The end that is kept beside the rows.
    func end(_ head: AuditMark) throws(AuditBreak) {
        if let suspect { throw suspect.seq > head.seq ? .inserted(seq: suspect.seq) : .altered(seq: suspect.seq) }
        guard head.seq <= last.seq else { throw .missing(last.seq + 1...head.seq) }
        guard head.seq == last.seq else { throw .inserted(seq: head.seq + 1) }
        guard head.hash == last.hash else { throw .otherEnd(seq: head.seq) }
    }
}
