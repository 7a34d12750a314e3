package import Domain

/// When the shop works, from its settings as they are now.
package struct HoursBook: Sendable {
    private let settings: any ShopSettingStore
    private let zones: any TimeZoneSource

    package init(settings: any ShopSettingStore, zones: any TimeZoneSource) {
        self.settings = settings
        self.zones = zones
    }

    package func shop() async throws -> ShopProfile { ShopProfile(try await settings.settings()) }

    /// Of the shop as a whole.
    package func hours(of shop: ShopProfile, at now: Timestamp) -> BusinessHours {
        shop.hours(zone(shop.timeZone, at: now))
    }

    /// A zone that the machine does not know any more counts as the default one.
    private func zone(_ identifier: String, at now: Timestamp) -> TimeZoneTable {
        zones.table(of: identifier, at: now) ?? .riyadh
    }
}
