import Domain
import Synchronization
import Testing

@testable import Integrations

@Suite struct GoogleCalendarClientTests {
    private static let moment = Timestamp(milliseconds: 1_790_000_000_000)
    private static let written = ScriptedServer.json(200, #"{"id":"x","status":"confirmed"}"#)

    private static func token(_ text: String, more: String = "") -> ScriptedServer.Act {
        ScriptedServer.json(200, #"{"access_token":"\#(text)","expires_in":3599\#(more)}"#)
    }

    private static func error(_ status: Int, _ reason: String) -> ScriptedServer.Act {
        ScriptedServer.json(status, #"{"error":{"code":\#(status),"errors":[{"reason":"\#(reason)"}]}}"#)
    }

    private func with<Value>(
        _ acts: [ScriptedServer.Act],
        keep: @escaping @Sendable (String) async -> Void = { _ in },
        _ body: (GoogleCalendarClient) async throws -> Value
    ) async throws -> (Value, [String]) {
        let server = try await ScriptedServer(acts)
        let account = try GoogleAccount(ServiceFields(ServiceSample.google.fields(server.url)))
        let client = GoogleCalendarClient(
            account, client: .ofTheOperator, timeout: acts.patience, keep: keep)
        let value = try await body(client)
        let requests = server.requests
        try await server.close()
        return (value, requests)
    }

    private static func booking() throws -> CalendarBooking {
        try CalendarBooking(
            id: CalendarEventID(naming: "o_1"), summary: "مكالمة", start: moment, end: moment + .seconds(1800))
    }

    private func book(_ acts: ScriptedServer.Act...) async throws -> (SendOutcome, [String]) {
        let booking = try Self.booking()
        return try await with(acts) { await $0.book(booking, at: Self.moment) }
    }

    @Test func anAppointmentIsWrittenUnderAnIDOfOurs() async throws {
        let (outcome, requests) = try await book(Self.token("t1"), Self.written)
        #expect(outcome == .sent("hubevent6f5f31"))
        #expect(
            requests.first?.hasSuffix(
                "grant_type=refresh_token&client_id=client&client_secret=google-secret&refresh_token=refresh-secret")
                == true)
        #expect(
            requests.last?.hasPrefix(
                "POST /calendar/v3/calendars/shop%40group.calendar.google.com/events?sendUpdates=none ") == true)
    }

    /// Its id makes it harmless to write it again.
    @Test func aLostAnswerIsAsIfNothingHadLeft() async throws {
        for act in [ScriptedServer.Act.hangUp, .silence, Self.error(503, "backendError")] {
            guard case .notSent = try await book(Self.token("t1"), act).0 else { throw Unexpected() }
        }
    }

    @Test func oneThatIsThereIsChanged() async throws {
        let (outcome, requests) = try await book(Self.token("t1"), Self.error(409, "duplicate"), Self.written)
        #expect(outcome == .sent("hubevent6f5f31") && requests.count == 3)
        let path =
            "PATCH /calendar/v3/calendars/shop%40group.calendar.google.com/events/hubevent6f5f31?sendUpdates=none "
        #expect(requests.last?.hasPrefix(path) == true && requests.last?.contains(#""status":"confirmed""#) == true)
    }

    @Test(arguments: [
        ScriptedServer.json(204, ""), error(404, "notFound"), error(410, "deleted"),
    ])
    func oneThatIsGoneIsDone(_ answer: ScriptedServer.Act) async throws {
        let (outcome, requests) = try await with([Self.token("t1"), answer]) {
            await $0.remove(CalendarEventID(naming: "o_1"), at: Self.moment)
        }
        #expect(outcome == .sent("hubevent6f5f31"))
        #expect(
            requests.last?.hasPrefix(
                "DELETE /calendar/v3/calendars/shop%40group.calendar.google.com/events/hubevent6f5f31?") == true)
    }

    @Test func aStaleTokenIsRenewedOnce() async throws {
        let stale = Self.error(401, "authError")
        let (outcome, requests) = try await book(Self.token("t1"), stale, Self.token("t2"), Self.written)
        #expect(outcome == .sent("hubevent6f5f31") && requests.last?.contains("Bearer t2") == true)
        guard case .refused(let refusal) = try await book(Self.token("t1"), stale, Self.token("t2"), stale).0 else {
            throw Unexpected()
        }
        #expect(refusal.kind == .auth)
    }

    @Test(arguments: [
        (400, #"{"error":"invalid_grant"}"#, RefusalKind.auth), (401, #"{"error":"invalid_client"}"#, .auth),
        (429, "{}", .retrySlowNumber),
    ])
    func noTokenIsARefusal(_ status: Int, _ body: String, _ kind: RefusalKind) async throws {
        guard case .refused(let refusal) = try await book(ScriptedServer.json(status, body)).0 else {
            throw Unexpected()
        }
        #expect(refusal.kind == kind)
    }

    @Test func anInternalFailureIsAskedOnceMore() async throws {
        let failure = ScriptedServer.json(400, #"{"error":"internal_failure"}"#)
        #expect(try await book(failure, Self.token("t1"), Self.written).0 == .sent("hubevent6f5f31"))
        let (outcome, requests) = try await book(failure)
        guard case .notSent = outcome else { throw Unexpected() }
        #expect(requests.count == 2)
    }

    @Test func manyAtOnceShareOneToken() async throws {
        let booking = try Self.booking()
        let (_, requests) = try await with([Self.token("t1"), Self.written]) { client in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = await client.book(booking, at: Self.moment) } }
            }
        }
        #expect(requests.count { $0.hasPrefix("POST /token ") } == 1 && requests.count == 9)
    }

    @Test func aTokenIsKeptUntilItIsOld() async throws {
        let booking = try Self.booking()
        let acts = [Self.token("t1"), Self.written, Self.written, Self.token("t2"), Self.written]
        let (_, requests) = try await with(acts) { client in
            for seconds in [0, 3538, 3540] { _ = await client.book(booking, at: Self.moment + .seconds(seconds)) }
        }
        #expect(requests.count == 5 && requests.last?.contains("Bearer t2") == true)
    }

    @Test func aNewRefreshTokenIsHandedOverAndUsed() async throws {
        let kept = Mutex<[String]>([])
        let booking = try Self.booking()
        let new = Self.token("t1", more: #","refresh_token":"new-one""#)
        let acts = [new, Self.written, Self.token("t2"), Self.written]
        let keep: @Sendable (String) async -> Void = { text in kept.withLock { $0.append(text) } }
        let (_, requests) = try await with(acts, keep: keep) { client in
            for seconds in [0, 4000] { _ = await client.book(booking, at: Self.moment + .seconds(seconds)) }
        }
        #expect(kept.withLock { $0 } == ["new-one"] && requests[2].hasSuffix("refresh_token=new-one"))
    }

    @Test func eventsAreListedPageByPage() async throws {
        let first = ScriptedServer.json(
            200,
            #"{"items":[{"id":"a","summary":"x","start":{"dateTime":"2026-11-21T10:00:00+03:00"}}],"nextPageToken":"p=2"}"#
        )
        let second = ScriptedServer.json(200, #"{"items":[{"id":"b","status":"cancelled"}]}"#)
        let (events, requests) = try await with([Self.token("t1"), first, second]) {
            try await $0.events(from: Self.moment, to: Self.moment + .seconds(86_400), at: Self.moment)
        }
        #expect(events.map(\.id) == ["a", "b"] && events.map(\.isCancelled) == [false, true])
        #expect(requests.last?.contains("pageToken=p%3D2") == true)
        #expect(requests.last?.contains("timeMin=2026-09-21T") == true)
    }

    private struct Unexpected: Error {}
}
