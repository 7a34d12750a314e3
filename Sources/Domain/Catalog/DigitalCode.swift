/// A code that the shop sells once: a gift card, a licence key. Its text is not here.
package struct DigitalCode: Versioned, Sendable, Equatable {
    package let id: CodeID
    /// Rises with every change.
    package var version: Int64
    package let product: ProductID
    /// What staff see of the text.
    package let mask: SecretMask
    package var state: CodeState
    /// When it stops working; nil never.
    package let expiresAt: Timestamp?
    /// Present when it is reserved or sold.
    package var recipient: CodeRecipient?
    /// Who reserved or sold it: a user or an API token; nil for the hub itself.
    package var allocatedBy: String?
    package var revokedBecause: String?
    /// How it came in.
    package let importID: CodeImportID
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(
        id: CodeID,
        version: Int64 = 1,
        product: ProductID,
        mask: SecretMask,
        state: CodeState = .available,
        expiresAt: Timestamp?,
        recipient: CodeRecipient? = nil,
        allocatedBy: String? = nil,
        revokedBecause: String? = nil,
        importID: CodeImportID,
        createdAt: Timestamp,
        changedAt: Timestamp
    ) {
        self.id = id
        self.version = version
        self.product = product
        self.mask = mask
        self.state = state
        self.expiresAt = expiresAt
        self.recipient = recipient
        self.allocatedBy = allocatedBy
        self.revokedBecause = revokedBecause
        self.importID = importID
        self.createdAt = createdAt
        self.changedAt = changedAt
    }

    /// Where its text is sealed.
    package static func place(of id: CodeID) -> SecretPlace {
        SecretPlace(table: "codes", record: id.text, field: "sealed")
    }
}

extension DigitalCode {
    /// Makes `change` happen to it. Throws `conflict`, and then it stays as it was.
    package mutating func apply(_ change: CodeChange, by actor: AuditActor, at now: Timestamp) throws(HubError) {
        let next = try state.after(change.input, at: now, expiresAt: expiresAt)
        guard next != state else { return }
        switch next {
        case .reserved, .sold:
            guard let recipient = change.recipient ?? recipient else {
                throw .conflict("say which order or conversation the code is for")
            }
            self.recipient = recipient
            allocatedBy = actor.id.isEmpty ? nil : actor.id
        case .available:
            recipient = nil
            allocatedBy = nil
        case .revoked:
            revokedBecause = change.input == .timePassed ? "expired" : change.reason
        }
        state = next
        touch(at: now)
    }

    /// How many more codes its product has to sell, counted from how it was.
    package func stockChange(from old: DigitalCode) -> Int64 {
        (state == .available ? 1 : 0) - (old.state == .available ? 1 : 0)
    }
}

/// What somebody does to codes.
package struct CodeChange: Sendable, Equatable {
    package let input: CodeState.Input
    /// For reserving and selling; nil leaves whom they were reserved for.
    package let recipient: CodeRecipient?
    /// For revoking.
    package let reason: String?

    package init(_ input: CodeState.Input, to recipient: CodeRecipient? = nil, because reason: String? = nil) {
        self.input = input
        self.recipient = recipient
        self.reason = reason
    }

    /// The last part of the action in the audit log.
    package func action(leavingItIn state: CodeState) -> String {
        switch input {
        case .reserve: "reserved"
        case .sell: "sold"
        case .release: "released"
        case .revoke: "revoked"
        case .timePassed: state == .revoked ? "expired" : "lapsed"
        }
    }
}
