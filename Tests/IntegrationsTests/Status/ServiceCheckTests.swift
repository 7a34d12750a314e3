import Domain
import NIOSSL
import Testing

@testable import Integrations

/// Every service against a server that answers as a table says.
@Suite struct ServiceCheckTests {
    typealias Act = ScriptedServer.Act

    struct Row: Sendable, CustomTestStringConvertible {
        let service: ServiceSample
        let acts: [Act]
        let outcome: StatusFinding.Outcome
        let what: String

        init(_ service: ServiceSample, _ what: String, _ outcome: StatusFinding.Outcome, _ acts: Act...) {
            self.service = service
            self.what = what
            self.outcome = outcome
            self.acts = acts
        }

        var testDescription: String { "\(service): \(what)" }
    }

    private static func client(_ url: String) -> OutboundClient {
        OutboundClient(
            OutboundRules(allowed: OutboundURL(url).flatMap { OutboundPlace($0.authority) }.map { [$0] } ?? []))
    }

    private func find(
        _ service: ServiceSample,
        _ acts: [Act],
        timeout: Duration = .seconds(20),
        tls: NIOSSLContext? = nil
    ) async throws -> (StatusFinding, [String]) {
        let server = try await ScriptedServer(acts, tls: tls)
        let url = tls == nil ? server.url : "https://127.0.0.1:\(server.port)"
        let finding = await service.check(service.fields(url), Self.client(url), timeout: timeout).find()
        let requests = server.requests
        try await server.close()
        return (finding, requests)
    }

    private static func account(_ status: String, sid: String = ServiceSample.sid) -> Act {
        ScriptedServer.json(200, #"{"sid":"\#(sid)","status":"\#(status)","auth_token":"tw-secret","type":"Full"}"#)
    }

    private static func google(_ status: Int, _ reason: String) -> Act {
        ScriptedServer.json(
            status, #"{"error":{"code":\#(status),"message":"no","errors":[{"domain":"x","reason":"\#(reason)"}]}}"#)
    }

    private static let events = ScriptedServer.json(200, #"{"kind":"calendar#events","items":[]}"#)

    static let rows: [Row] = [
        Row(.twilio, "active", .ok, account("active")),
        Row(.twilio, "suspended", .badConfig, account("suspended")),
        Row(.twilio, "closed", .badConfig, account("closed")),
        Row(.twilio, "another account", .unreachable, account("active", sid: "AC1")),
        Row(.twilio, "wrong token", .badCredential, ScriptedServer.json(401, #"{"code":20003,"status":401}"#)),
        Row(.twilio, "wrong account", .badConfig, ScriptedServer.json(404, #"{"code":20404,"status":404}"#)),
        Row(.twilio, "no right", .badCredential, ScriptedServer.json(403, #"{"code":20403,"status":403}"#)),
        Row(.sendgrid, "may send", .ok, ScriptedServer.json(200, #"{"scopes":["a","mail.send"]}"#)),
        Row(.sendgrid, "may not send", .badConfig, ScriptedServer.json(200, #"{"scopes":["alerts.read"]}"#)),
        Row(
            .sendgrid, "wrong key", .badCredential,
            ScriptedServer.json(401, #"{"errors":[{"field":null,"message":"authorization required"}]}"#)),
        Row(.sendgrid, "no right", .badCredential, ScriptedServer.json(403, #"{"errors":[{"message":"x"}]}"#)),
        Row(.google, "let in", .ok, ServiceSample.token, events),
        Row(.google, "revoked", .badCredential, ScriptedServer.json(400, #"{"error":"invalid_grant"}"#)),
        Row(.google, "wrong secret", .badCredential, ScriptedServer.json(401, #"{"error":"invalid_client"}"#)),
        Row(.google, "wrong program", .badCredential, ScriptedServer.json(400, #"{"error":"unauthorized_client"}"#)),
        Row(.google, "token: trouble", .unreachable, ScriptedServer.json(400, #"{"error":"internal_failure"}"#)),
        Row(.google, "token: limited", .limited, ScriptedServer.json(429, "{}")),
        Row(.google, "token: page", .unreachable, ServiceSample.text(200, "<html>", type: "text/html")),
        Row(.google, "no calendar", .badConfig, ServiceSample.token, google(404, "notFound")),
        Row(.google, "no right", .badConfig, ServiceSample.token, google(403, "insufficientPermissions")),
        Row(.google, "limited", .limited, ServiceSample.token, google(403, "rateLimitExceeded")),
        Row(.google, "stale", .badCredential, ServiceSample.token, google(401, "authError")),
        Row(.slack, "alive", .ok, ServiceSample.text(400, "no_text")),
        Row(.slack, "alive in other words", .ok, ServiceSample.text(400, "missing_text")),
        Row(.slack, "taken back", .badCredential, ServiceSample.text(403, "invalid_token")),
        Row(.slack, "forbidden", .badCredential, ServiceSample.text(403, "action_prohibited")),
        Row(.slack, "removed", .badCredential, ServiceSample.text(404, "no_service")),
        Row(.slack, "archived", .badConfig, ServiceSample.text(410, "channel_is_archived")),
        Row(.slack, "posted", .error, ServiceSample.text(200, "ok")),
        Row(.slack, "not understood", .error, ServiceSample.text(400, "invalid_payload")),
        Row(.seha, "healthy", .ok, ScriptedServer.json(200, "{}")),
        Row(.seha, "healthy without words", .ok, ServiceSample.text(204, "")),
        Row(.seha, "wrong key", .badCredential, ScriptedServer.json(401, "{}")),
        Row(.tatman, "no right", .badCredential, ScriptedServer.json(403, "{}")),
        Row(.tatman, "no such path", .badConfig, ScriptedServer.json(404, "{}")),
        Row(.tatman, "no such method", .badConfig, ScriptedServer.json(405, "{}")),
        Row(.tatman, "another status", .error, ScriptedServer.json(418, "{}")),
    ]

    @Test(arguments: rows)
    func anAnswerMeansWhatTheServiceSays(_ row: Row) async throws {
        let (finding, requests) = try await find(row.service, row.acts)
        #expect(finding.outcome == row.outcome)
        #expect(requests.count == row.acts.count)
        expectNoSecret(in: finding)
    }

    @Test(arguments: ServiceSample.allCases)
    func aBadDaySaysNothingAboutTheKey(_ service: ServiceSample) async throws {
        let huge = ScriptedServer.json(200, String(repeating: " ", count: OutboundClient.maxBytes + 1))
        let acts: [(Act, StatusFinding.Outcome)] = [
            (.hangUp, .unreachable), (.breakOff("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), .unreachable),
            (.answer("\u{1}\u{2}what\r\n\r\n"), .unreachable), (huge, .unreachable),
            (ServiceSample.text(200, "<html>maintenance</html>", type: "text/html"), .unreachable),
            (ServiceSample.text(500, "<html>", type: "text/html"), .unreachable),
            (ScriptedServer.json(503, "{}"), .unreachable),
            (ScriptedServer.json(429, "{}", headers: ["Retry-After: 7"]), .limited),
            (ServiceSample.text(302, "", headers: ["Location: http://127.0.0.1:1/"]), .badConfig),
        ]
        for (act, outcome) in acts {
            let (finding, requests) = try await find(service, service.prelude + [act])
            #expect(finding.outcome == outcome, "\(act)")
            #expect(requests.count == service.prelude.count + 1, "\(act)")
            expectNoSecret(in: finding)
        }
    }

    /// By its own time-out: the server would keep it waiting for ever.
    @Test(.timeLimit(.minutes(5)), arguments: ServiceSample.allCases)
    func aCheckEndsInTime(_ service: ServiceSample) async throws {
        let (finding, _) = try await find(service, [.silence], timeout: .milliseconds(200))
        #expect(finding.outcome == .unreachable)
    }

    @Test(arguments: ServiceSample.allCases)
    func nobodyThereAndNobodyToTrustAreUnreachable(_ service: ServiceSample) async throws {
        // Nobody listens there, and no test of another suite does so by chance.
        let url = "http://127.0.0.1:1"
        #expect(await service.check(service.fields(url), Self.client(url)).find().outcome == .unreachable)
        let (finding, requests) = try await find(service, [.hangUp], tls: TestCertificate.server())
        #expect(finding.outcome == .unreachable && requests.isEmpty)
        #expect(finding.message.en.contains("certificate"))
    }

    @Test(arguments: ServiceSample.allCases)
    func whatIsEmptyIsNamedAndNothingIsAsked(_ service: ServiceSample) async throws {
        let client = OutboundClient(OutboundRules())
        for name in service.required {
            var fields = service.fields("https://api.example.com")
            fields[name] = "  "
            let finding = await service.check(fields, client).find()
            #expect(finding.outcome == .notConfigured && finding.message.en.contains(name))
        }
        let nothing = await service.check([:], client).find()
        #expect(nothing.outcome == .notConfigured)
    }

    @Test(arguments: ServiceSample.allCases)
    func anAddressInsideIsNotAsked(_ service: ServiceSample) async throws {
        try await ScriptedServer.with(.hangUp) { server in
            for url in [server.url, "https://127.0.0.1:\(server.port)", "https://169.254.169.254"] {
                let finding = await service.check(service.fields(url), OutboundClient(OutboundRules())).find()
                #expect(finding.outcome == .badConfig, "\(url)")
            }
            #expect(server.requests.isEmpty)
        }
    }

    @Test(arguments: [
        (ServiceSample.twilio, "account_sid", "AC1"), (.twilio, "from_number", "0501234567"),
        (.twilio, "auth_token", "a\r\nX: y"), (.sendgrid, "api_key", "SG.مفتاح"), (.sendgrid, "from_email", "shop"),
        (.google, "client_secret", "a b"), (.slack, "webhook_url", "https://hooks.slack.com/services/T1"),
        (.slack, "webhook_url", "https://evil.example/services/T0001/B0001/XsecretX"),
        (.seha, "health_path", "a b"), (.seha, "auth_header", "X:"), (.tatman, "expect_status", "all"),
    ])
    func whatCannotBeRightIsNamed(_ service: ServiceSample, _ name: String, _ value: String) async throws {
        let fields = service.fields("https://api.example.com").merging([name: value]) { $1 }
        let finding = await service.check(fields, OutboundClient(OutboundRules())).find()
        #expect(finding.outcome == .badConfig && finding.message.en.contains(name))
        #expect(!finding.message.en.contains(value))
    }

    @Test func eachServiceIsAskedAsItsPagesSay() async throws {
        func request(_ service: ServiceSample, _ acts: Act...) async throws -> String {
            try #require(try await find(service, acts).1.last)
        }
        let twilio = try await request(.twilio, Self.account("active"))
        #expect(twilio.hasPrefix("GET /2010-04-01/Accounts/\(ServiceSample.sid).json HTTP/1.1"))
        #expect(twilio.contains("Basic " + Base64.encode("\(ServiceSample.sid):tw-secret".utf8)))
        let sendGrid = try await request(.sendgrid, .hangUp)
        #expect(sendGrid.hasPrefix("GET /v3/scopes ") && sendGrid.contains("Authorization: Bearer SG.secret\r\n"))
        let google = try await request(.google, ServiceSample.token, Self.events)
        #expect(
            google.hasPrefix("GET /calendar/v3/calendars/shop%40group.calendar.google.com/events?maxResults=1 ")
                && google.contains("Bearer ya29"))
        let slack = try await request(.slack, .hangUp)
        #expect(slack.hasPrefix("POST /services/T0001/B0001/XsecretX ") && slack.hasSuffix(#"{"text":""}"#))
        let seha = try await request(.seha, .hangUp)
        #expect(seha.hasPrefix("GET /health ") && seha.contains("X-Facility-Id: f-1\r\n"))
        let tatman = try await request(.tatman, .hangUp)
        #expect(tatman.hasPrefix("GET /v2/health ") && tatman.contains("Authorization: Bearer health-secret\r\n"))
    }

    private func expectNoSecret(in finding: StatusFinding) {
        for secret in ServiceSample.secrets {
            #expect(!finding.message.ar.contains(secret) && !finding.message.en.contains(secret))
        }
    }
}
