import HubTestKit
import Testing

@testable import Domain

@Suite struct TeamSightTests {
    private static func user(_ role: User.Role) -> User {
        User(
            id: .sample(1), email: "a@example.sa", name: "سارة", role: role, isDisabled: false,
            createdAt: Samples.start)
    }

    private static func conversation(_ team: TeamID?, _ assignee: Assignee.Reference? = nil) -> Conversation {
        Conversation(
            side: .sample(2), customer: .visitor(.sample(1)), assignee: assignee.map { Assignee($0, name: "x") },
            team: team)
    }

    @Test(arguments: User.Role.allCases)
    func whereNothingIsDecidedEverybodySeesAll(_ role: User.Role) {
        let sight = TeamSight(Self.user(role), teams: [], .everything)
        #expect(sight.teams == nil && sight.sees(Self.conversation(.sample(9))))
    }

    @Test(arguments: [User.Role.admin, .supervisor])
    func whoeverIsInChargeSeesAll(_ role: User.Role) {
        #expect(TeamSight(Self.user(role), teams: [], .ownTeams).sees(Self.conversation(.sample(9))))
    }

    @Test func anAgentSeesTheirTeamsEverybodysAndTheirOwn() {
        let sight = TeamSight(Self.user(.agent), teams: [.sample(1)], .ownTeams)
        #expect(sight.sees(Self.conversation(.sample(1))))
        #expect(sight.sees(Self.conversation(nil)))
        #expect(sight.sees(Self.conversation(.sample(9), .user(.sample(1)))))
        #expect(!sight.sees(Self.conversation(.sample(9))))
        #expect(!sight.sees(Self.conversation(.sample(9), .user(.sample(2)))))
    }
}
