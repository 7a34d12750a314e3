import Domain
import HubTestKit
import Testing

@Suite struct RoomAccessTests {
    private static let foreign = HubError.forbidden("this room is not yours")

    @Test(arguments: RoomKind.allCases, [true, false])
    func visitorMayEnterTheirOwnConversationOnly(kind: RoomKind, isMember: Bool) throws {
        let visitor = Principal.visitor(try Samples.visitor(1))
        let own = RoomAccess.refusal(of: visitor, room: Samples.room, kind: kind, isMember: isMember)
        #expect(own == (kind == .conversation ? nil : Self.foreign))
        let other = RoomAccess.refusal(of: visitor, room: .sample(9), kind: kind, isMember: isMember)
        #expect(other == Self.foreign)
    }

    @Test(arguments: User.Role.allCases, RoomKind.allCases)
    func staffMayEnterWhatIsOpenAndWhatTheyAreMembersOf(role: User.Role, kind: RoomKind) {
        let staff = Principal.staff(Samples.user(1, role))
        #expect(RoomAccess.refusal(of: staff, room: Samples.room, kind: kind, isMember: true) == nil)
        let stranger = RoomAccess.refusal(of: staff, room: Samples.room, kind: kind, isMember: false)
        switch kind {
        case .conversation, .side, .channel: #expect(stranger == nil)
        case .group, .direct: #expect(stranger == .forbidden("you are not a member of this room"))
        }
    }

    @Test func roomThatIsNotThereTellsVisitorsNothing() throws {
        let visitor = Principal.visitor(try Samples.visitor(1))
        #expect(RoomAccess.refusal(of: visitor, room: Samples.room, kind: nil, isMember: false) == Self.foreign)
        let staff = Principal.staff(Samples.user(1))
        #expect(
            RoomAccess.refusal(of: staff, room: Samples.room, kind: nil, isMember: true)
                == .notFound("there is no such room"))
    }

    @Test func kindsSayWhoDecides() {
        #expect(RoomKind.allCases.filter(\.hasMembers) == [.group, .direct])
        #expect(RoomKind.allCases.filter(\.isInternal) == [.channel, .group, .direct])
    }
}
