import Testing

@testable import Domain

@Suite struct DeliveryRouteTests {
    private static let room = RoomID.make(at: Timestamp(milliseconds: 1))
    private static let chat = RoomID.make(at: Timestamp(milliseconds: 2))

    private static func route(
        phone: DeliveryReach.Phone? = nil,
        chat: RoomID? = nil,
        email: String? = nil,
        canInvite: Bool = false
    ) -> DeliveryRoute {
        DeliveryRoute(
            DeliveryReach(phone: phone, chat: chat, email: email.flatMap(EmailAddress.init), canInvite: canInvite))
    }

    @Test func anOpenPhoneComesFirst() {
        let open = DeliveryReach.Phone(room: Self.room, isOpen: true)
        #expect(Self.route(phone: open, chat: Self.chat, email: "a@b.example") == .conversation(Self.room))
    }

    @Test func aClosedPhoneIsInvitedOnlyWhenNothingElseIsThere() throws {
        let closed = DeliveryReach.Phone(room: Self.room, isOpen: false)
        let address = try #require(EmailAddress("a@b.example"))
        #expect(Self.route(phone: closed, chat: Self.chat, email: address.text) == .conversation(Self.chat))
        #expect(Self.route(phone: closed, email: address.text, canInvite: true) == .mail(address))
        #expect(Self.route(phone: closed, canInvite: true) == .invite(Self.room))
        #expect(Self.route(phone: DeliveryReach.Phone(room: nil, isOpen: false), canInvite: true) == .invite(nil))
        #expect(Self.route(phone: closed) == .nobody && Self.route() == .nobody)
    }

    @Test func staffAreToldOfWhatTheyCanMend() {
        for wait in DeliveryWait.allCases {
            #expect((wait.note(for: "7") == nil) == (wait == .invited))
            #expect(wait.note(for: "7")?.contains("7") ?? true)
        }
    }
}
