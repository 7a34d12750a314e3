import Domain
import Synchronization
import Testing

@testable import Integrations

@Suite struct ZidClientTests {
    /// Renews keys as soon as they are wanted, or says that none will come.
    private final class Renewal: ZidKeyRenewal {
        let ring = Mutex<ZidKeyRing?>(nil)
        let keys: ZidKeyRing.Keys?
        private let count = Mutex(0)

        init(_ keys: ZidKeyRing.Keys?) { self.keys = keys }

        var calls: Int { count.withLock { $0 } }

        func wanted() {
            count.withLock { $0 += 1 }
            if let keys { ring.withLock { $0 }?.replace(with: keys) }
        }

        var isHopeless: Bool { keys == nil }
    }

    private static let old = ZidKeyRing.Keys(authorization: "a1", manager: "m1")
    private static let new = ZidKeyRing.Keys(authorization: "a2", manager: "m2")
    private static let unknown = ScriptedServer.json(401, #"{"message":"Unauthenticated."}"#)

    private func with<Value>(
        _ acts: [ScriptedServer.Act],
        _ renewal: Renewal?,
        _ body: (ZidClient) async throws -> Value
    ) async throws -> (Value, [String]) {
        let server = try await ScriptedServer(acts)
        let ring = ZidKeyRing(Self.old, renewal: renewal, patience: .seconds(20))
        renewal?.ring.withLock { $0 = ring }
        let client = ZidClient(
            ZidClient.Account(storeID: "4242", baseURL: server.url, clientID: nil), keys: ring,
            client: .ofTheOperator, pace: ZidPace(perMinute: 6000) { Timestamp(milliseconds: 0) },
            timeout: acts.patience)
        let value = try await body(client)
        let requests = server.requests
        try await server.close()
        return (value, requests)
    }

    private func failure(_ acts: [ScriptedServer.Act], _ renewal: Renewal?) async throws -> (ZidFailure?, [String]) {
        try await with(acts, renewal) { client in
            do throws(ZidFailure) {
                _ = try await client.webhooks()
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func aCallThatIsRefusedIsMadeOnceMoreWithTheNewKeys() async throws {
        let renewal = Renewal(Self.new)
        let (list, requests) = try await with(
            [Self.unknown, ScriptedServer.json(200, #"{"data":[]}"#)], renewal
        ) { try await $0.webhooks() }
        #expect(list.isEmpty && renewal.calls == 1 && requests.count == 2)
        #expect(requests[0].contains("Authorization: Bearer a1") && requests[0].contains("X-Manager-Token: m1"))
        #expect(requests[1].contains("Authorization: Bearer a2") && requests[1].contains("X-Manager-Token: m2"))
    }

    @Test func itIsMadeOnceMoreAndNotTwice() async throws {
        let (failure, requests) = try await failure([Self.unknown], Renewal(Self.new))
        #expect(failure == .refused && requests.count == 2)
    }

    @Test func whereNoKeysComeItIsRefusedAtOnce() async throws {
        for renewal in [Renewal(nil), nil] {
            let (failure, requests) = try await failure([Self.unknown], renewal)
            #expect(failure == .refused && requests.count == 1)
        }
    }

    @Test func aRightThatIsMissingIsNoReasonForNewKeys() async throws {
        let renewal = Renewal(Self.new)
        let (failure, requests) = try await failure([ScriptedServer.json(403, "{}")], renewal)
        #expect(failure == .refused && requests.count == 1 && renewal.calls == 0)
    }

    @Test func webhooksAreRegisteredAndRemoved() async throws {
        let registration = ZidRegistration(
            event: "order.create", target: "https://hub.example/x", number: 12, user: "zid", password: "pw")
        let (_, requests) = try await with(
            [ScriptedServer.json(201, "{}"), ScriptedServer.json(404, "{}"), ScriptedServer.json(200, "")], nil
        ) { client in
            try await client.register(registration)
            try await client.removeWebhooks(12)
            try await client.removeWebhooks(12)
        }
        #expect(requests[0].hasPrefix("POST /managers/webhooks "))
        #expect(requests[0].contains(#""original_id":12"#) && requests[0].contains(#""password":"pw""#))
        #expect(requests[1].hasPrefix("DELETE /managers/webhooks?original_id=12 "))
    }

    // MARK: OAuth

    private func exchange(_ act: ScriptedServer.Act, allowed: Bool = true) async throws -> (ZidGrantAnswer, [String]) {
        let server = try await ScriptedServer([act])
        let values = IntegrationValues(
            .zid,
            stored: [
                "client_id": "48", "client_secret": "s", "refresh_token": "r", "token_url": server.url + "/oauth/token",
            ], environment: [:])
        let client = allowed ? OutboundClient.ofTheOperator : OutboundClient(OutboundRules(allowed: []))
        let oauth = ZidOAuth(client: client, timeout: [act].patience) { Timestamp(milliseconds: 0) }
        let answer = await oauth.exchange(try #require(ZidGrant(values)))
        let requests = server.requests
        try await server.close()
        return (answer, requests)
    }

    @Test func keysAreAskedForWithAForm() async throws {
        let (answer, requests) = try await exchange(
            ScriptedServer.json(200, #"{"access_token":"m","Authorization":"a","refresh_token":"r","expires_in":9}"#))
        guard case .keys(let keys) = answer else { throw Unexpected() }
        #expect(keys.manager == "m" && keys.end == Timestamp(milliseconds: 9000))
        #expect(requests[0].hasPrefix("POST /oauth/token "))
        #expect(requests[0].contains("application/x-www-form-urlencoded"))
        #expect(requests[0].hasSuffix("grant_type=refresh_token&client_id=48&client_secret=s&refresh_token=r"))
    }

    @Test func anAnswerThatDoesNotComeMayHaveUsedTheGrantUp() async throws {
        for act in [ScriptedServer.Act.silence, .hangUp] {
            let (answer, _) = try await exchange(act)
            #expect(answer == .later(.unreachable, retryAfter: nil, mayHaveHappened: true))
        }
    }

    @Test func whereTheHubDoesNotGoNothingIsShown() async throws {
        let (answer, requests) = try await exchange(.silence, allowed: false)
        #expect(answer == .no(.addressForbidden) && requests.isEmpty)
    }
}

private struct Unexpected: Error {}
