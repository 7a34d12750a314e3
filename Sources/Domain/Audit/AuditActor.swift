/// Who did something, and from where.
package struct AuditActor: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A member of staff who signed in.
        case user
        /// A member of staff through an API token.
        case token
        case visitor
        /// The hub by itself, or its command line.
        case system
        /// Nobody who could be told.
        case stranger
    }

    package let kind: Kind
    /// The user, token or visitor; empty for the others.
    package let id: String
    package let name: String
    package let address: String?
    package let requestID: String?

    package init(kind: Kind, id: String, name: String, address: String? = nil, requestID: String? = nil) {
        self.kind = kind
        self.id = id
        self.name = name
        self.address = address
        self.requestID = requestID
    }

    package init(_ caller: Caller, address: String?, requestID: String?) {
        self.init(
            kind: caller.token == nil ? .user : .token,
            id: caller.key,
            name: caller.user.name,
            address: address,
            requestID: requestID
        )
    }

    /// Without the name, which the log would keep for ever.
    package init(_ visitor: Visitor, address: String?, requestID: String?) {
        self.init(
            kind: .visitor, id: visitor.id.text, name: Visitor.nameless, address: address, requestID: requestID)
    }

    package static let system = AuditActor(kind: .system, id: "", name: "hub")
}
