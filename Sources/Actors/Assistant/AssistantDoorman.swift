package import Domain

/// Looks whether the assistant meets new cases now. Every hub comes to the same: settings and sums are in the store.
package struct AssistantDoorman: Sendable {
    private let hours: HoursBook
    private let ledger: UsageLedger
    private let hasModel: Live<Bool>
    private let now: @Sendable () -> Timestamp

    package init(
        hours: HoursBook,
        ledger: UsageLedger,
        hasModel: Live<Bool>,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.hours = hours
        self.ledger = ledger
        self.hasModel = hasModel
        self.now = now
    }

    /// Throws what the store throws.
    package func door() async throws -> AssistantDoor {
        let shop = try await hours.shop()
        let moment = now()
        let wanted =
            shop.value(of: .assistantHours).string.flatMap(AssistantDoor.Hours.init) ?? .always
        guard shop.value(of: .assistantAnswersFirst) == .bool(true) else { return AssistantDoor(isUsed: false) }
        let stop = try await ledger.standing().verdict.stop
        guard wanted != .always else { return AssistantDoor(isUsed: hasModel.now, stop: stop) }
        return AssistantDoor(
            isUsed: hasModel.now,
            hours: wanted,
            stop: stop,
            isShopOpen: hours.hours(of: shop, at: moment).isOpen(at: moment),
            openTeams: try await hours.teams(at: moment).mapValues { $0.isOpen(at: moment) }
        )
    }
}
