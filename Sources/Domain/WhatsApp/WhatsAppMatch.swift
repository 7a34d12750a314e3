/// Decides whose a message is, and what it says about who has which address.
///
/// The provider's clock decides: a message belongs to whoever had its number when it was sent, however late it comes.
package struct WhatsAppMatch: Sendable, Equatable {
    /// Whose it is, brought up to date.
    package private(set) var identity: WhatsAppIdentity
    package private(set) var isNew = false
    /// Others, without the number that this person has now.
    package private(set) var released: [WhatsAppIdentity] = []
    /// Somebody met under a new number who turned out to be this person.
    package private(set) var joined: WhatsAppIdentity?
    /// What was given up.
    package private(set) var former: [WhatsAppFormerAddress] = []

    private let holders: WhatsAppHolders

    /// - Parameters:
    ///   - person: As the message names them.
    ///   - moment: When it was sent, by the provider's clock.
    ///   - next: What they are reached by from then on, where the message tells that.
    ///   - fresh: The ids of a newcomer.
    package init(
        _ person: WhatsAppPerson,
        at moment: Timestamp,
        telling next: WhatsAppPerson? = nil,
        to number: String,
        among holders: WhatsAppHolders,
        fresh: NewWhatsAppIdentity
    ) {
        self.holders = holders
        let owner = Owner(of: person.before(next), at: moment, among: holders)
        switch (owner, next) {
        case (.past(let identity), _):
            // What it tells is known, or outdated.
            self.identity = identity
        case (.present(let known, let takesPhone), nil):
            identity = known.updated(with: person, takesPhone: takesPhone)
            settle(known, until: moment.before)
        case (.present(let known, _), let next?):
            identity = known
            move(to: next, at: moment)
            settle(known, until: moment)
            noteFormer(person, until: moment)
        case (.nobody, nil):
            identity = WhatsAppIdentity(person, at: number, fresh)
            isNew = true
            settle(nil, until: moment.before)
        case (.nobody, let next?):
            if let other = Self.same(as: next, at: moment, among: holders) {
                identity = other
            } else {
                identity = WhatsAppIdentity(person, at: number, fresh).moved(to: next)
                isNew = true
                settle(nil, until: moment)
            }
            noteFormer(person, until: moment)
        }
    }

    /// Whether nothing has to be written.
    package var isKnown: Bool {
        !isNew && joined == nil && released.isEmpty && former.isEmpty && holders.identities.contains(identity)
    }

    private mutating func move(to next: WhatsAppPerson, at moment: Timestamp) {
        guard let other = Self.same(as: next, at: moment, among: holders), other.id != identity.id else {
            identity = identity.moved(to: next)
            return
        }
        joined = other
        identity.phone = other.phone
        identity.userID = other.userID
        identity.parentUserID = other.parentUserID ?? identity.parentUserID
        identity.name = other.name ?? identity.name
        identity.username = other.username ?? identity.username
        identity.lastInboundAt = [identity.lastInboundAt, other.lastInboundAt].compactMap(\.self).max()
        identity.stoppedMarketing = identity.stoppedMarketing || other.stoppedMarketing
    }

    /// Who has an address that is told as somebody's new one, if that is certainly the same person: by the id, or
    /// because nobody wrote from the number before.
    private static func same(
        as next: WhatsAppPerson,
        at moment: Timestamp,
        among holders: WhatsAppHolders
    ) -> WhatsAppIdentity? {
        let after = moment + .milliseconds(1)
        if let holder = next.userID.flatMap({ holders.holder(ofUserID: $0, at: after) }) { return holder.identity }
        guard let holder = next.phone.flatMap({ holders.holder(ofPhone: $0, at: after) }) else { return nil }
        if let id = holder.identity.userID, let told = next.userID, id != told { return nil }
        guard let first = holders.firstHeard[holder.identity.id] else { return holder.identity }
        return first >= moment ? holder.identity : nil
    }

    /// Notes what the person gave up, and takes their number from whoever had it.
    private mutating func settle(_ old: WhatsAppIdentity?, until moment: Timestamp) {
        if let old, let phone = old.phone, phone != identity.phone { note(.phone, phone, of: old.id, until: moment) }
        if let old, let id = old.userID, id != identity.userID { note(.userID, id, of: old.id, until: moment) }
        guard let phone = identity.phone else { return }
        for var other in holders.identities
        where other.phone == phone && other.id != identity.id && other.id != joined?.id {
            other.phone = nil
            released.append(other)
            note(.phone, phone, of: other.id, until: moment)
        }
    }

    /// What the message itself was sent from.
    private mutating func noteFormer(_ person: WhatsAppPerson, until moment: Timestamp) {
        if let phone = person.phone, phone != identity.phone { note(.phone, phone, of: identity.id, until: moment) }
        if let id = person.userID, id != identity.userID { note(.userID, id, of: identity.id, until: moment) }
    }

    private mutating func note(
        _ kind: WhatsAppFormerAddress.Kind,
        _ value: String,
        of id: WhatsAppIdentityID,
        until moment: Timestamp
    ) {
        let address = WhatsAppFormerAddress(identity: id, kind: kind, value: value, until: moment)
        if !former.contains(address), !holders.former.contains(address) { former.append(address) }
    }
}

extension WhatsAppMatch {
    /// Who had the addresses of a person at a moment.
    private enum Owner {
        case nobody
        /// They have them still.
        case present(WhatsAppIdentity, takesPhone: Bool)
        /// They have others since.
        case past(WhatsAppIdentity)

        /// The user id decides where both sides have one: numbers are given to new people, ids are not.
        init(of person: WhatsAppPerson, at moment: Timestamp, among holders: WhatsAppHolders) {
            let byUser = person.userID.flatMap { holders.holder(ofUserID: $0, at: moment) }
            let byPhone = person.phone.flatMap { holders.holder(ofPhone: $0, at: moment) }
            switch (byUser, byPhone) {
            case (let user?, _) where user.isPast:
                self = .past(user.identity)
            case (let user?, nil):
                self = .present(user.identity, takesPhone: true)
            case (let user?, let phone?):
                // A holder without an id is this person from before ids were told: its conversation keeps the number.
                let isOther = phone.identity.id == user.identity.id || phone.identity.userID != nil
                self = .present(user.identity, takesPhone: !phone.isPast && isOther)
            case (nil, let phone?) where phone.isPast:
                self = .past(phone.identity)
            case (nil, let phone?):
                let isTheirs = phone.identity.userID == nil || person.userID == nil
                self = isTheirs ? .present(phone.identity, takesPhone: true) : .nobody
            case (nil, nil):
                self = .nobody
            }
        }
    }
}

extension WhatsAppPerson {
    /// Without the id that only comes with the change: the message may name it already.
    fileprivate func before(_ next: WhatsAppPerson?) -> WhatsAppPerson {
        guard let next, next.userID == userID else { return self }
        return WhatsAppPerson(userID: nil, phone: phone) ?? self
    }
}

extension Timestamp {
    /// The moment before: what is sent now already comes from somebody else.
    fileprivate var before: Timestamp { self - .milliseconds(1) }
}
