/// Whether the assistant meets a new case at this moment.
///
/// It says nothing of cases that it has. Made anew for each look, from the settings, the hours and the budgets.
package struct AssistantDoor: Sendable, Equatable {
    package enum Hours: String, Sendable, CaseIterable {
        case always
        /// Only while the shop, or the team whose case it is, does not work.
        case outside = "outside_hours"
        /// Only while it does.
        case within = "within_hours"
    }

    /// Whether a model is set up and the shop wants the assistant to meet new cases.
    package let isUsed: Bool
    package let hours: Hours
    /// Why it may not be asked at all: a budget of the day or month is used up.
    package let stop: BudgetStop?
    package let isShopOpen: Bool
    /// Teams with hours of their own.
    package let openTeams: [TeamID: Bool]

    package init(
        isUsed: Bool = true,
        hours: Hours = .always,
        stop: BudgetStop? = nil,
        isShopOpen: Bool = true,
        openTeams: [TeamID: Bool] = [:]
    ) {
        self.isUsed = isUsed
        self.hours = hours
        self.stop = stop
        self.isShopOpen = isShopOpen
        self.openTeams = openTeams
    }

    /// - Parameter team: Whose case it will be; nil for everybody's.
    package func meets(_ team: TeamID?) -> Bool {
        guard stop == nil else { return false }
        let isOpen = team.flatMap { openTeams[$0] } ?? isShopOpen
        return switch hours {
        case .always: true
        case .outside: !isOpen
        case .within: isOpen
        }
    }
}
