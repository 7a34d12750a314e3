package import Domain

/// When the shop works, from its settings as they are now.
package struct HoursBook: Sendable {
    private let settings: any ShopSettingStore
    private let teams: any TeamStore
    private let zones: any TimeZoneSource

    package init(settings: any ShopSettingStore, teams: any TeamStore, zones: any TimeZoneSource) {
        self.settings = settings
        self.teams = teams
        self.zones = zones
    }

    package func shop() async throws -> ShopProfile { ShopProfile(try await settings.settings()) }

    /// Where the shop is.
    package func zone(of shop: ShopProfile, at now: Timestamp) -> TimeZoneTable { zone(shop.timeZone, at: now) }

    /// Of the shop as a whole.
    package func hours(of shop: ShopProfile, at now: Timestamp) -> BusinessHours {
        shop.hours(zone(shop.timeZone, at: now))
    }

    /// Of the team that a conversation belongs to, where it has hours of its own; else those of the shop.
    package func hours(for team: TeamID?, of shop: ShopProfile, at now: Timestamp) async throws -> BusinessHours {
        guard let team, let hours = try await teams.team(team)?.hours else {
            return self.hours(of: shop, at: now)
        }
        return hours.hours(zone(hours.timeZone, at: now))
    }

    /// Teams that have hours of their own.
    package func teams(at now: Timestamp) async throws -> [TeamID: BusinessHours] {
        var all: [TeamID: BusinessHours] = [:]
        var position: ListPosition?
        repeat {
            let page = try await teams.teams(
                ListRequest(filter: TeamFilter(), order: TeamSort.usual, after: position, limit: 200))
            for team in page.items {
                if let hours = team.hours { all[team.id] = hours.hours(zone(hours.timeZone, at: now)) }
            }
            position = page.next
        } while position != nil
        return all
    }

    /// Whether those hours were set by somebody: no customer is told by a guess that the shop is closed.
    package func areOwn(for team: TeamID?, of shop: ShopProfile) async throws -> Bool {
        guard !shop.hasOwnHours, let team else { return shop.hasOwnHours }
        return try await teams.team(team)?.hours != nil
    }

    /// A zone that the machine does not know any more counts as the default one.
    private func zone(_ identifier: String, at now: Timestamp) -> TimeZoneTable {
        zones.table(of: identifier, at: now) ?? .riyadh
    }
}
