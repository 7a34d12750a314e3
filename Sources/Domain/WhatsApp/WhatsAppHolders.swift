/// Who has, or had, the addresses that a message names, at one of our numbers.
package struct WhatsAppHolders: Sendable, Equatable {
    package let identities: [WhatsAppIdentity]
    package let former: [WhatsAppFormerAddress]
    /// The provider's time of their first message; absent for who has written none. Read only where addresses change.
    package let firstHeard: [WhatsAppIdentityID: Timestamp]

    package init(
        _ identities: [WhatsAppIdentity] = [],
        former: [WhatsAppFormerAddress] = [],
        firstHeard: [WhatsAppIdentityID: Timestamp] = [:]
    ) {
        self.identities = identities
        self.former = former
        self.firstHeard = firstHeard
    }

    struct Holder {
        let identity: WhatsAppIdentity
        /// Whether they have given the address up since.
        let isPast: Bool
    }

    /// Who had a user id at a moment. Ids are given to nobody else, so a former one names its holder for ever.
    func holder(ofUserID id: String, at moment: Timestamp) -> Holder? {
        if let past = past(.userID, id, at: moment) { return past }
        if let present = identities.first(where: { $0.userID == id }) {
            return Holder(identity: present, isPast: false)
        }
        let last = former.filter { $0.kind == .userID && $0.value == id }.max { $0.until < $1.until }
        return last.flatMap { identity($0.identity) }.map { Holder(identity: $0, isPast: false) }
    }

    /// Who had a number at a moment. Numbers are given to new people.
    func holder(ofPhone phone: String, at moment: Timestamp) -> Holder? {
        past(.phone, phone, at: moment)
            ?? identities.first { $0.phone == phone }.map { Holder(identity: $0, isPast: false) }
    }

    private func past(_ kind: WhatsAppFormerAddress.Kind, _ value: String, at moment: Timestamp) -> Holder? {
        let since = former.filter { $0.kind == kind && $0.value == value && moment <= $0.until }
        // Whoever gave it up first had it then.
        return since.min { $0.until < $1.until }.flatMap { identity($0.identity) }
            .map { Holder(identity: $0, isPast: true) }
    }

    private func identity(_ id: WhatsAppIdentityID) -> WhatsAppIdentity? {
        identities.first { $0.id == id }
    }
}
