/// Where a request came from, as the audit log tells it.
package struct RequestOrigin: Sendable, Equatable {
    /// Nil for peers without an address.
    package let address: NetworkAddress?
    package let requestID: String?

    package init(address: NetworkAddress?, requestID: String?) {
        self.address = address
        self.requestID = requestID
    }

    package func actor(_ user: User) -> AuditActor {
        AuditActor(
            kind: .user, id: user.id.text, name: user.name, address: address?.description, requestID: requestID)
    }

    /// Somebody who has not proved who they are.
    package var stranger: AuditActor {
        AuditActor(kind: .stranger, id: "", name: "", address: address?.description, requestID: requestID)
    }
}
