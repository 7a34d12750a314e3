import Domain
import Testing

@Suite struct OpeningWordsTests {
    /// Saturday, 2026-11-21 22:30 in Riyadh.
    private let now = Timestamp(milliseconds: 1_795_289_400_000)

    private func text(_ opening: String, _ language: Language) throws -> String {
        let opening = try #require(Timestamp(rfc3339: opening))
        return OpeningWords.text(of: opening, from: now, in: .riyadh, language)
    }

    @Test func daysAreThoseOfTheShop() throws {
        #expect(try text("2026-11-21T20:05:00Z", .arabic) == "اليوم 23:05")
        // Past midnight in Riyadh, still the same day in UTC.
        #expect(try text("2026-11-21T21:00:00Z", .english) == "tomorrow 00:00")
        #expect(try text("2026-11-22T06:00:00Z", .arabic) == "غدًا 09:00")
        #expect(try text("2026-11-29T06:00:00Z", .arabic) == "الأحد 29 نوفمبر 09:00")
        #expect(try text("2027-01-01T06:00:00Z", .english) == "Friday 1 January 09:00")
    }
}
