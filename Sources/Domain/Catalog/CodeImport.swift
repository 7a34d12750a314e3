/// One upload of codes of a product, and how far it got.
package struct CodeImport: Sendable, Equatable {
    /// What becomes of the good lines when there are bad ones.
    package enum Mode: String, Sendable, CaseIterable {
        /// Nothing is kept.
        case all
        /// The good ones are kept.
        case valid
    }

    package enum State: String, Sendable, CaseIterable {
        /// Lines are coming in; none of its codes can be seen yet. Can become: all others.
        case running
        /// Its codes are for sale.
        case finished
        /// It had bad lines and was to be kept whole or not at all: nothing was kept.
        case refused
        /// It was broken off, or could not be read: nothing was kept.
        case failed
    }

    package struct Counts: Sendable, Equatable {
        /// Without the header and empty lines.
        package var lines: Int64 = 0
        package var accepted: Int64 = 0
        package var invalid: Int64 = 0
        package var duplicate: Int64 = 0

        package init() {}
    }

    package let id: CodeImportID
    package let product: ProductID
    package let mode: Mode
    package var state: State
    /// What its sender calls it, such as the name of a file.
    package let name: String?
    package var counts: Counts
    /// Why it failed.
    package var failure: String?
    package let startedBy: String
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(
        id: CodeImportID,
        product: ProductID,
        mode: Mode,
        state: State = .running,
        name: String?,
        counts: Counts = Counts(),
        failure: String? = nil,
        startedBy: String,
        createdAt: Timestamp,
        changedAt: Timestamp
    ) {
        self.id = id
        self.product = product
        self.mode = mode
        self.state = state
        self.name = name
        self.counts = counts
        self.failure = failure
        self.startedBy = startedBy
        self.createdAt = createdAt
        self.changedAt = changedAt
    }

    /// What it is once all lines are in.
    package var outcome: State {
        mode == .all && counts.invalid + counts.duplicate > 0 ? .refused : .finished
    }
}

extension CodeImport: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "code_import", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "product": .string(product.text),
            "mode": .string(mode.rawValue),
            "state": .string(state.rawValue),
            "name": .optional(name),
            "lines": .integer(counts.lines),
            "accepted": .integer(counts.accepted),
            "invalid": .integer(counts.invalid),
            "duplicate": .integer(counts.duplicate),
            "failure": .optional(failure),
            "started_by": .string(startedBy),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

/// A line of an import that was not kept.
package struct CodeLineProblem: Sendable, Equatable {
    /// From 1 on; of a JSON array the place in it.
    package let line: Int64
    /// Stable, for programs: `duplicate`, `required`, `format`, …
    package let code: String
    /// For people; holds nothing of the line.
    package let detail: String

    package init(line: Int64, _ code: String, _ detail: String) {
        self.line = line
        self.code = code
        self.detail = detail
    }

    package var document: JSONValue {
        .object(["line": .integer(line), "code": .string(code), "detail": .string(detail)])
    }
}

/// A sealed line of an import, ready to be stored.
package struct ImportedCode: Sendable, Equatable {
    package let line: Int64
    package let code: DigitalCode
    package let sealed: SealedSecret
    /// Equal for equal texts.
    package let fingerprint: String

    package init(line: Int64, code: DigitalCode, sealed: SealedSecret, fingerprint: String) {
        self.line = line
        self.code = code
        self.sealed = sealed
        self.fingerprint = fingerprint
    }
}
