import Domain
import Testing

@Suite struct GoogleTests {
    private static let moment = Timestamp(milliseconds: 1_000_000)

    @Test func aTokenIsDroppedAMinuteEarly() throws {
        let token = try #require(GoogleToken(json: ["access_token": "a", "expires_in": 3599], at: Self.moment))
        #expect(token.goodUntil == Self.moment + .seconds(3539) && token.newRefreshToken == nil)
        #expect("\(token)" == "<token>")
        #expect(GoogleToken(json: ["access_token": "a b", "expires_in": 1], at: Self.moment) == nil)
        #expect(GoogleToken(json: ["access_token": "a"], at: Self.moment) == nil)
    }

    @Test(arguments: [
        (400, "invalid_grant", GoogleError.revoked), (401, "invalid_client", .unknownClient),
        (400, "unauthorized_client", .unknownClient), (400, "internal_failure", .away),
        (429, "x", .limited(retryAfter: nil)),
        (500, "x", .away), (400, "invalid_scope", .unexpected(400)),
    ])
    func theTokenEndpointSaysWhatIsWrong(_ status: Int, _ error: String, _ meaning: GoogleError) {
        #expect(
            GoogleError(tokenStatus: status, json: ["error": .string(error)], retryAfter: nil) == meaning)
    }

    @Test(arguments: [
        (401, "authError", GoogleError.staleToken), (403, "userRateLimitExceeded", .limited(retryAfter: nil)),
        (403, "quotaExceeded", .limited(retryAfter: nil)), (403, "insufficientPermissions", .noRight),
        (403, "forbidden", .noRight), (404, "notFound", .noCalendar), (409, "duplicate", .duplicate),
        (410, "fullSyncRequired", .fullSyncRequired), (429, "rateLimitExceeded", .limited(retryAfter: nil)),
        (503, "backendError", .away), (400, "badRequest", .unexpected(400)),
    ])
    func theCalendarSaysWhatIsWrong(_ status: Int, _ reason: String, _ meaning: GoogleError) {
        let json: JSONValue = ["error": ["code": .integer(Int64(status)), "errors": [["reason": .string(reason)]]]]
        #expect(GoogleError(status: status, json: json, retryAfter: nil) == meaning)
    }

    @Test func anIDOfOursIsOneOfGoogles() {
        let ids = ["o_1", "o_2", "", "موعد"].map { CalendarEventID(naming: $0).text }
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(
                (5...1024).contains(id.utf8.count)
                    && id.allSatisfy { ("a"..."v").contains($0) || ("0"..."9").contains($0) })
        }
    }

    @Test func aBookingIsWrittenAsGoogleReadsIt() throws {
        let start = try #require(Timestamp(rfc3339: "2026-11-21T10:00:00+03:00"))
        let booking = try CalendarBooking(
            id: CalendarEventID(naming: "o_1"), summary: "مكالمة", start: start, end: start + .seconds(1800),
            attendees: [try #require(EmailAddress("a@b.example"))])
        #expect(
            booking.json == [
                "id": "hubevent6f5f31", "status": "confirmed", "summary": "مكالمة", "description": "",
                "start": ["dateTime": "2026-11-21T07:00:00.000Z", "timeZone": "Asia/Riyadh"],
                "end": ["dateTime": "2026-11-21T07:30:00.000Z", "timeZone": "Asia/Riyadh"],
                "attendees": [["email": "a@b.example"]],
            ])
        #expect(throws: HubError.self) {
            try CalendarBooking(id: booking.id, summary: "x", start: start, end: start)
        }
    }

    @Test func anEventOfADayHasDates() throws {
        let event = try #require(
            CalendarEvent(json: ["id": "1", "start": ["date": "2026-11-21"], "end": ["date": "2026-11-22"]]))
        #expect(event.start == nil && event.startDate == "2026-11-21" && event.endDate == "2026-11-22")
    }
}
