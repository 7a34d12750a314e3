/// What a walk along the audit log's chain of hashes found.
package enum AuditVerdict: Sendable, Equatable {
    case whole(AuditMark, rows: Int64)
    case broken(AuditBreak)
}

/// A place in the log and its hash: what to note elsewhere, and what to compare with later.
package struct AuditMark: Sendable, Equatable {
    package let seq: Int64
    package let hash: String

    package init(seq: Int64, hash: String) {
        self.seq = seq
        self.hash = hash
    }

    /// `1204:9f86d0…`, as it is printed; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let seq = Int64(parts[0]), seq > 0, parts[1].utf8.count == 64,
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.init(seq: seq, hash: String(parts[1]))
    }

    package var text: String { "\(seq):\(hash)" }
}

/// The first place where the log is not what the hub wrote.
package enum AuditBreak: Error, Sendable, Equatable {
    /// A row does not fit its hash.
    case altered(seq: Int64)
    /// Rows that were written are not there.
    case missing(ClosedRange<Int64>)
    /// A row that the hub did not write.
    case inserted(seq: Int64)
    /// The rows fit together, and the end that the hub keeps beside them does not fit the last one.
    case otherEnd(seq: Int64)
    /// The rows fit together, and one of them is not the one that was noted: a new chain was made.
    case rewritten(seq: Int64)
}
