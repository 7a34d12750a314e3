/// When a team works, where that differs from the shop.
package struct TeamHours: Sendable, Equatable {
    /// A name of the IANA database.
    package let timeZone: String
    private let week: JSONValue
    private let holidays: JSONValue

    /// Throws `invalid` with everything that is wrong.
    ///
    /// - Parameter isTimeZone: Whether a name is known; the database of names is outside.
    package init(json: JSONValue, at field: String, isTimeZone: (String) -> Bool) throws(HubError) {
        let (zone, week) = (json["time_zone"] ?? .null, json["week"] ?? .null)
        let holidays = json["holidays"] ?? .array([])
        let problems =
            ShopSettingType.timeZone.problems(with: zone, at: "\(field)/time_zone", isTimeZone: isTimeZone)
            + OpeningWeek.problems(with: week, at: "\(field)/week")
            + Holiday.problems(with: holidays, at: "\(field)/holidays")
        guard problems.isEmpty, let name = zone.string else { throw .invalid(problems) }
        timeZone = name
        self.week = week
        self.holidays = holidays
    }

    /// As it was stored; nil for what is none.
    package init?(stored json: JSONValue) {
        guard let hours = try? TeamHours(json: json, at: "", isTimeZone: { _ in true }) else { return nil }
        self = hours
    }

    package var json: JSONValue {
        .object(["time_zone": .string(timeZone), "week": week, "holidays": holidays])
    }

    package func hours(_ zone: TimeZoneTable) -> BusinessHours {
        BusinessHours(
            zone: zone,
            week: OpeningWeek(json: week) ?? .officeHours,
            holidays: Holiday.list(json: holidays) ?? []
        )
    }
}
