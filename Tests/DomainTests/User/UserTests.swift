import Domain
import HubTestKit
import Testing

@Suite struct UserTests {
    @Test func supervisorsAndAdminsModerate() {
        #expect(User.Role.allCases.filter(\.isModerator) == [.admin, .supervisor])
        #expect(Principal.staff(Samples.user(1, .admin)).isModerator)
        #expect(!Principal.staff(Samples.user(1, .agent)).isModerator)
    }

    @Test func principalsAreSeenByWhatTheyAre() throws {
        let staff = Principal.staff(Samples.user(1))
        #expect(staff.isStaff && staff.audience == .staff)
        #expect(staff.participant == Participant(kind: .staff, id: UserID.sample(1).text, name: "موظف 1"))
        let visitor = Principal.visitor(try Samples.visitor(1))
        #expect(!visitor.isStaff && visitor.audience == .customer && !visitor.isModerator)
    }
}
