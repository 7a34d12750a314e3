import Domain
import Testing

@testable import Integrations

@Suite struct SystemTimeZonesTests {
    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test func riyadhNeverShifts() throws {
        let now = try moment("2026-11-21T12:00:00Z")
        #expect(SystemTimeZones().table(of: "Asia/Riyadh", at: now) == .riyadh)
    }

    @Test func shiftsOfTheYearsAheadAreKnown() throws {
        let table = try #require(SystemTimeZones().table(of: "Europe/Berlin", at: moment("2026-11-21T12:00:00Z")))
        #expect(table.offset(at: try moment("2027-03-28T00:59:59Z")) == .seconds(3600))
        #expect(table.offset(at: try moment("2027-03-28T01:00:00Z")) == .seconds(7200))
        #expect(table.offset(at: try moment("2027-10-31T01:00:00Z")) == .seconds(3600))
        #expect(table.offset(at: try moment("2026-07-01T00:00:00Z")) == .seconds(7200))
    }

    @Test func onlyNamesOfPlacesAreZones() throws {
        let zones = SystemTimeZones()
        let now = try moment("2026-11-21T12:00:00Z")
        #expect(zones.table(of: "UTC", at: now) == .utc)
        for name in ["EST5", "GMT+3", "Riyadh", "", "../../etc/passwd"] {
            #expect(zones.table(of: name, at: now) == nil, "\(name)")
        }
    }
}
