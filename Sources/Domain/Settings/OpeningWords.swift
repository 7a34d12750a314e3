/// Says in words when the shop opens next: `اليوم 16:00`, `tomorrow 09:00`, `Sunday 29 November 09:00`.
package enum OpeningWords {
    /// - Parameter zone: Of the shop, whose clock the words go by.
    package static func text(
        of opening: Timestamp,
        from now: Timestamp,
        in zone: TimeZoneTable,
        _ language: Language
    ) -> String {
        let wall = opening + zone.offset(at: opening)
        let day = zone.day(at: opening)
        let minutes = (wall.milliseconds / 60_000) % 1440
        let time = "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
        return "\(words(of: day, today: zone.day(at: now), language)) \(time)"
    }

    private static func words(of day: CalendarDay, today: CalendarDay, _ language: Language) -> String {
        switch (day.number - today.number, language) {
        case (0, .arabic): "اليوم"
        case (0, .english): "today"
        case (1, .arabic): "غدًا"
        case (1, .english): "tomorrow"
        case (_, .arabic): "\(arabic(day.weekday)) \(day.dayOfMonth) \(arabicMonths[day.month - 1])"
        case (_, .english): "\(day.weekday.rawValue.capitalizedFirst) \(day.dayOfMonth) \(englishMonths[day.month - 1])"
        }
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func arabic(_ day: OpeningWeek.Day) -> String {
        switch day {
        case .sunday: "الأحد"
        case .monday: "الاثنين"
        case .tuesday: "الثلاثاء"
        case .wednesday: "الأربعاء"
        case .thursday: "الخميس"
        case .friday: "الجمعة"
        case .saturday: "السبت"
        }
    }

    private static let arabicMonths = [
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    ]

    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension CalendarDay {
    fileprivate var month: Int { yearlyNumber / 100 }
    fileprivate var dayOfMonth: Int { yearlyNumber % 100 }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
