import Domain

/// Finds the contact of the CRM that ordered at Zid, or makes it. Two contacts are never made one by an order.
struct ZidContact {
    private let customer: ZidCustomer
    private let moment: Timestamp

    init(_ customer: ZidCustomer, at moment: Timestamp) {
        self.customer = customer
        self.moment = moment
    }

    /// Nil for somebody of whom nothing is said. A contact that is found is locked, so that a merge misses nothing.
    func attach(_ session: any SQLSession) throws -> (ContactID?, [AuditEvent]) {
        var free: [ContactIdentity] = []
        // The surest that somebody has decides.
        for key in customer.identities {
            if let holder = try ContactStatements.holders(of: [key], session).first {
                return (try ContactStatements.lock(holder, .everything, session).id, [])
            }
            free.append(key)
        }
        guard !free.isEmpty else { return (nil, []) }
        var contact = CRMContact(id: .make(at: moment), at: moment)
        contact.name = String((customer.name ?? free[0].value).prefix(200))
        contact.setIdentities(free)
        try ContactStatements.insert(contact, .everything, session)
        return (contact.id, [.created(contact)])
    }
}
