package enum WhatsAppIdentityIDKind: IDKind { package static let letter = UInt8(ascii: "w") }
package typealias WhatsAppIdentityID = ID<WhatsAppIdentityIDKind>

/// Somebody who writes to one of our numbers, and their one conversation.
package struct WhatsAppIdentity: Sendable, Equatable {
    package let id: WhatsAppIdentityID
    /// Our number, by its id at Meta.
    package let number: String
    package let room: RoomID
    package var userID: String?
    package var parentUserID: String?
    /// Digits only.
    package var phone: String?
    package var name: String?
    package var username: String?
    /// `heardAt` of the conversation.
    package var lastInboundAt: Timestamp?
    /// Whether they asked for no more marketing messages.
    package var stoppedMarketing: Bool

    package init(
        id: WhatsAppIdentityID,
        number: String,
        room: RoomID,
        userID: String?,
        parentUserID: String? = nil,
        phone: String?,
        name: String? = nil,
        username: String? = nil,
        lastInboundAt: Timestamp? = nil,
        stoppedMarketing: Bool = false
    ) {
        self.id = id
        self.number = number
        self.room = room
        self.userID = userID
        self.parentUserID = parentUserID
        self.phone = phone
        self.name = name
        self.username = username
        self.lastInboundAt = lastInboundAt
        self.stoppedMarketing = stoppedMarketing
    }

    package var participant: Participant { Self.participant(id: id, name: name, phone: phone) }

    package static func participant(id: WhatsAppIdentityID, name: String?, phone: String?) -> Participant {
        Participant(kind: .contact, id: id.text, name: name ?? phone.map { "+\($0)" } ?? Visitor.nameless)
    }

    /// What the CRM knows them by, the surest first.
    package var contactIdentities: [ContactIdentity] {
        [
            userID.flatMap { ContactIdentity(.whatsapp, $0) },
            phone.flatMap { ContactIdentity(.phone, "+\($0)") },
        ].compactMap(\.self)
    }

    /// The identity with what is new of the person; nothing that is known is forgotten.
    func updated(with person: WhatsAppPerson, takesPhone: Bool) -> WhatsAppIdentity {
        var updated = self
        updated.userID = person.userID ?? userID
        updated.parentUserID = person.parentUserID ?? parentUserID
        updated.phone = takesPhone ? person.phone ?? phone : phone
        updated.name = person.name ?? name
        updated.username = person.username ?? username
        return updated
    }

    /// The identity after WhatsApp told of new addresses. With the number the user id ends, unless a new one is told.
    func moved(to next: WhatsAppPerson) -> WhatsAppIdentity {
        var moved = self
        if let phone = next.phone, phone != self.phone {
            moved.phone = phone
            moved.userID = next.userID
        } else {
            moved.userID = next.userID ?? userID
        }
        moved.parentUserID = next.parentUserID ?? parentUserID
        return moved
    }
}

extension WhatsAppIdentity {
    /// Somebody who is met for the first time.
    init(_ person: WhatsAppPerson, at number: String, _ fresh: NewWhatsAppIdentity) {
        self.init(
            id: fresh.id,
            number: number,
            room: fresh.room,
            userID: person.userID,
            parentUserID: person.parentUserID,
            phone: person.phone,
            name: person.name,
            username: person.username
        )
    }
}
