import HubTestKit
import Testing

@testable import Domain

@Suite struct AssistantDoorTests {
    private static let team = TeamID.make(at: Samples.start)
    private static let other = TeamID.make(at: Samples.start + .seconds(1))

    @Test(arguments: AssistantDoor.Hours.allCases, [true, false])
    func itMeetsByTheHoursOfWhoseCaseItIs(_ hours: AssistantDoor.Hours, _ isShopOpen: Bool) {
        let door = AssistantDoor(hours: hours, isShopOpen: isShopOpen, openTeams: [Self.team: !isShopOpen])
        let (ofShop, ofTeam) =
            switch hours {
            case .always: (true, true)
            case .outside: (!isShopOpen, isShopOpen)
            case .within: (isShopOpen, !isShopOpen)
            }
        #expect(door.meets(nil) == ofShop)
        #expect(door.meets(Self.other) == ofShop, "a team without hours works as the shop")
        #expect(door.meets(Self.team) == ofTeam)
    }

    @Test(arguments: AssistantDoor.Hours.allCases)
    func withABudgetThatIsUsedUpItMeetsNobody(_ hours: AssistantDoor.Hours) {
        for isOpen in [true, false] {
            let door = AssistantDoor(hours: hours, stop: BudgetStop(.dayTokens, until: nil), isShopOpen: isOpen)
            #expect(!door.meets(nil))
        }
    }
}
