/// Something that a contact may buy.
package struct Deal: Versioned, Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// Can become: `won`, `lost`.
        case open
        /// Can become: `open`.
        case won
        /// Can become: `open`. Has a reason.
        case lost
    }

    package let id: DealID
    /// Rises with every change.
    package var version: Int64
    package var title: String
    package var contact: ContactID
    package var pipeline: PipelineID
    /// Of `pipeline`.
    package var stage: StageID
    /// In the currency's minor unit.
    package var amount: Int64
    package var currency: Currency
    package var expectedCloseAt: Timestamp?
    package var owner: UserID?
    package var state: State
    /// Of a lost deal, and of no other.
    package var lostReason: String?
    /// What it was converted from.
    package var lead: LeadID?
    /// When it was won or lost.
    package var closedAt: Timestamp?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A deal without a title, to be filled in.
    package init(id: DealID, contact: ContactID, pipeline: PipelineID, stage: StageID, at moment: Timestamp) {
        self.id = id
        version = 1
        title = ""
        self.contact = contact
        self.pipeline = pipeline
        self.stage = stage
        amount = 0
        currency = .riyal
        state = .open
        createdAt = moment
        changedAt = moment
    }

    /// What a search finds it by.
    package var searchText: String {
        [title, lostReason].compactMap(\.self).joined(separator: " ")
    }

    /// Makes this a lawful successor of `old`: throws `conflict` for a step that is none, `invalid` for a reason
    /// that is missing; sets and clears what follows from the state.
    package mutating func follow(_ old: Deal, at moment: Timestamp) throws(HubError) {
        switch (old.state, state) {
        case (.open, .won), (.open, .lost): closedAt = moment
        case (.won, .open), (.lost, .open): closedAt = nil
        case (.open, .open): break
        case (.won, .won), (.lost, .lost):
            guard stage == old.stage, pipeline == old.pipeline else {
                throw .conflict("this deal is \(state.rawValue): reopen it before you move it")
            }
        case (.won, .lost), (.lost, .won):
            throw .conflict("this deal is \(old.state.rawValue): reopen it first")
        }
        switch state {
        case .lost:
            guard lostReason?.contains(where: { !$0.isWhitespace }) == true else {
                throw .invalid([FieldProblem("/lost_reason", "conflict", "say why the deal was lost")])
            }
        case .open, .won: lostReason = nil
        }
    }
}

extension Deal: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "deal", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "title": .string(title),
            "contact": .string(contact.text),
            "pipeline": .string(pipeline.text),
            "stage": .string(stage.text),
            "amount": .integer(amount),
            "currency": .string(currency.code),
            "expected_close_at": .optional(expectedCloseAt),
            "owner": .optional(owner?.text),
            "state": .string(state.rawValue),
            "lost_reason": .optional(lostReason),
            "lead": .optional(lead?.text),
            "closed_at": .optional(closedAt),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }

    package var trace: [String: JSONValue] { document.hiding(["title", "lost_reason"]) }
}
