/// The shop as its settings describe it, read once for one piece of work.
package struct ShopProfile: Sendable {
    private let values: [String: JSONValue]
    private let versions: [String: Int64]
    /// Whether somebody has said when the shop works; the standard week is a guess.
    package let hasOwnHours: Bool

    package init(_ states: [ShopSettingState]) {
        hasOwnHours = states.contains { $0.setting == .week && $0.chosen != nil }
        values = Dictionary(states.map { ($0.setting.key, $0.value) }) { _, last in last }
        versions = Dictionary(states.map { ($0.setting.key, $0.version) }) { _, last in last }
    }

    package var language: Language { Language(rawValue: text(of: .language)) ?? .arabic }

    package var timeZone: String { text(of: .timeZone) }

    package func name(in language: Language) -> String {
        switch language {
        case .arabic: text(of: .nameAr)
        case .english: text(of: .nameEn)
        }
    }

    package func awayMessage(in language: Language) -> String {
        switch language {
        case .arabic: text(of: .awayAr)
        case .english: text(of: .awayEn)
        }
    }

    /// The language that somebody's browser or phone named, as in `en-GB`; the shop's own for all others.
    package func language(ofLocale locale: String?) -> Language {
        locale.flatMap { Language(rawValue: String($0.prefix(2)).lowercased()) } ?? language
    }

    /// Of the shop as a whole. A setting that no longer fits its type counts as its default.
    package func hours(_ zone: TimeZoneTable) -> BusinessHours {
        let week = OpeningWeek(json: value(of: .week)) ?? .officeHours
        return BusinessHours(zone: zone, week: week, holidays: Holiday.list(json: value(of: .holidays)) ?? [])
    }

    package var tellsAway: Bool { value(of: .tellsAway) == "yes" }

    package var asksSatisfaction: Bool { value(of: .asksSatisfaction) == "yes" }

    package var level: ServiceLevel {
        ServiceLevel(
            firstResponse: minutes(of: .firstResponse),
            nextResponse: minutes(of: .nextResponse),
            resolution: minutes(of: .resolution)
        )
    }

    package var reopening: ReopeningRule { ReopeningRule(hours: value(of: .routingReopensHours)) }

    private func minutes(of setting: ShopSetting) -> Duration? {
        let minutes = value(of: setting).integer ?? 0
        return minutes > 0 ? .seconds(minutes * 60) : nil
    }

    package func value(of setting: ShopSetting) -> JSONValue { values[setting.key] ?? setting.standard }

    /// See `ShopSettingState.version`.
    package func version(of setting: ShopSetting) -> Int64 { versions[setting.key] ?? 0 }

    private func text(of setting: ShopSetting) -> String {
        value(of: setting).string ?? setting.standard.string ?? ""
    }
}
