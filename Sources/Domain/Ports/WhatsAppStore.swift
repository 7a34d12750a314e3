/// Who writes to us on WhatsApp, and where their messages stand.
package protocol WhatsAppStore: Sendable {
    /// The identity of a person at one of our numbers, brought up to date. A newcomer gets a conversation with its side
    /// room, and a contact of the CRM when none has their number or user id; all in one transaction. Doing it again
    /// changes nothing.
    ///
    /// - Parameters:
    ///   - moment: When the message was sent, by the provider's clock; see `WhatsAppMatch`.
    ///   - next: What they are reached by from then on, where the message tells that.
    ///   - fresh: The ids of what may have to be made.
    func identity(
        of person: WhatsAppPerson,
        at number: String,
        sentAt moment: Timestamp,
        telling next: WhatsAppPerson?,
        _ fresh: NewWhatsAppIdentity,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws -> WhatsAppIdentity

    func identity(_ id: WhatsAppIdentityID) async throws -> WhatsAppIdentity?

    /// Whom a conversation serves; nil when it is none of WhatsApp.
    func identity(in room: RoomID) async throws -> WhatsAppIdentity?

    /// Those who turned out to be this person, the last one first.
    func joined(to id: WhatsAppIdentityID) async throws -> [WhatsAppJoinedIdentity]

    func setMarketing(
        stopped: Bool,
        of id: WhatsAppIdentityID,
        _ writing: Writing<WhatsAppIdentity>
    ) async throws

    /// Where messages stand, by their ids at WhatsApp; those that are not known are left out.
    func places(of messages: [String]) async throws -> [String: WhatsAppPlace]

    /// The id at WhatsApp of the customer's last message up to `seq`; nil for none, and for one from before `moment`.
    func lastInbound(in room: RoomID, upTo seq: SequenceNumber?, since moment: Timestamp) async throws -> String?
}

/// A message of WhatsApp in a room's log.
package struct WhatsAppPlace: Sendable, Equatable {
    package let room: RoomID
    package let seq: SequenceNumber

    package init(room: RoomID, seq: SequenceNumber) {
        self.room = room
        self.seq = seq
    }
}

package struct NewWhatsAppIdentity: Sendable {
    package let id: WhatsAppIdentityID
    package let room: RoomID
    package let side: RoomID
    package let contact: ContactID

    package init(at moment: Timestamp) {
        id = .make(at: moment)
        room = .make(at: moment)
        side = .make(at: moment)
        contact = .make(at: moment)
    }
}
