/// A number or user id that somebody had, and until when.
package struct WhatsAppFormerAddress: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case phone
        case userID = "user_id"
    }

    package let identity: WhatsAppIdentityID
    package let kind: Kind
    /// Digits, or the id.
    package let value: String
    /// By the provider's clock: what was sent then was sent from it, what was sent later was not.
    package let until: Timestamp

    package init(identity: WhatsAppIdentityID, kind: Kind, value: String, until: Timestamp) {
        self.identity = identity
        self.kind = kind
        self.value = value
        self.until = until
    }
}
