import Foundation
import Testing

@testable import Fakes

@Suite struct ServicesWorldTests {
    private static func request(
        _ method: String, _ path: String, _ headers: [String: String] = [:], query: [String: String] = [:],
        body: String = ""
    ) -> ServiceRequest {
        ServiceRequest(method: method, path: path, query: query, headers: headers, body: body)
    }

    private static func ask(_ world: inout ServicesWorld, _ request: ServiceRequest, at now: Double = 0) throws
        -> ServiceReply
    {
        world.answer(request, for: try #require(ServiceName(path: request.path)), at: now)
    }

    @Test func twilioTakesAMessageAndListsIt() throws {
        var world = ServicesWorld()
        let login = "Basic " + Data("\(world["account_sid"]):\(world["auth_token"])".utf8).base64EncodedString()
        let path = "/2010-04-01/Accounts/\(world["account_sid"])/Messages.json"
        let body = "To=%2B966501234567&Body=%D9%85&From=%2B15005550006"
        let sent = try Self.ask(&world, Self.request("POST", path, ["authorization": login], body: body))
        #expect(sent.status == 201 && sent.body.contains(#""sid":"SM"#))
        let query = ["To": "+966501234567"]
        let list = try Self.ask(&world, Self.request("GET", path, ["authorization": login], query: query))
        #expect(list.body.contains(#""body":"م""#) && list.body.contains("Thu, 01 Jan 1970 00:00:00 +0000"))
        for (form, code) in [("To=0501234567&Body=x&From=a", 21211), ("To=%2B966501234567&From=a", 21602)] {
            let refused = try Self.ask(&world, Self.request("POST", path, ["authorization": login], body: form))
            #expect(refused.status == 400 && refused.body.contains("\(code)"))
        }
        #expect(try Self.ask(&world, Self.request("GET", path)).body.contains("20003"))
    }

    @Test func sendGridAnswersWithAnID() throws {
        var world = ServicesWorld()
        let headers = ["authorization": "Bearer \(world["api_key"])"]
        #expect(try Self.ask(&world, Self.request("GET", "/v3/scopes", headers)).body.contains("mail.send"))
        let mail = """
            {"personalizations":[{"to":[{"email":"a@b.example"}]}],"from":{"email":"s@b.example"},"subject":"x",\
            "content":[{"type":"text/plain","value":"x"}]}
            """
        let sent = try Self.ask(&world, Self.request("POST", "/v3/mail/send", headers, body: mail))
        #expect(sent.status == 202 && sent.headers["X-Message-Id"] != nil && world.mails.count == 1)
        #expect(try Self.ask(&world, Self.request("POST", "/v3/mail/send", headers, body: "{}")).status == 400)
        #expect(try Self.ask(&world, Self.request("GET", "/v3/scopes")).status == 401)
    }

    @Test func googleKnowsItsTokensAndIDs() throws {
        var world = ServicesWorld()
        let form = "grant_type=refresh_token&client_id=fake-client&client_secret=fake-google-secret&refresh_token="
        let token = try Self.ask(
            &world, Self.request("POST", "/token", body: form + "fake-refresh-token"), at: 100)
        let text = try #require(try JSON.parse(Data(token.body.utf8))["access_token"]?.string)
        #expect(try Self.ask(&world, Self.request("POST", "/token", body: form + "x")).body.contains("invalid_grant"))
        let path = "/calendar/v3/calendars/primary/events"
        let headers = ["authorization": "Bearer \(text)"]
        let event =
            #"{"id":"abcde","start":{"dateTime":"2026-01-01T10:00:00.000Z"},"end":{"dateTime":"2026-01-01T11:00:00.000Z"}}"#
        let new = Self.request("POST", path, headers, body: event)
        #expect(try Self.ask(&world, new, at: 200).status == 200 && Self.ask(&world, new, at: 200).status == 409)
        let list = try Self.ask(&world, Self.request("GET", path, headers), at: 200)
        #expect(list.body.contains("calendar#events") && list.body.contains("abcde"))
        #expect(try Self.ask(&world, new, at: 100 + 3600).status == 401)
    }

    @Test func slackAndHealthAnswerInTheirWords() throws {
        var world = ServicesWorld()
        let path = world["slack_path"]
        #expect(try Self.ask(&world, Self.request("POST", path, body: #"{"text":""}"#)).body == "no_text")
        #expect(try Self.ask(&world, Self.request("POST", path, body: #"{"text":"x"}"#)).body == "ok")
        #expect(try Self.ask(&world, Self.request("POST", "/services/T/B/x", body: "{}")).status == 404)
        let headers = ["authorization": "Bearer fake-health-key", "x-facility-id": "facility-1"]
        #expect(try Self.ask(&world, Self.request("GET", "/seha/health", headers)).status == 200)
        #expect(try Self.ask(&world, Self.request("GET", "/tatman/health", headers)).status == 401)
    }

    @Test func zidGivesNewKeysOncePerToken() throws {
        var world = ServicesWorld()
        let form = "grant_type=refresh_token&client_id=fake-zid-client&client_secret=fake-zid-secret&refresh_token="
        let old = ["authorization": "Bearer \(world["zid_authorization"])", "x-manager-token": world["zid_manager"]]
        let profile = "/zid/v1/managers/account/profile"
        #expect(try Self.ask(&world, Self.request("GET", profile, old)).status == 200)
        let first = Self.request("POST", "/oauth/token", body: form + "fake-zid-refresh")
        let given = try Self.ask(&world, first, at: 100)
        let token = try JSON.parse(Data(given.body.utf8))["access_token"]?.string
        #expect(given.status == 200 && token == world["zid_manager"] && given.body.contains(#""expires_in":31536000"#))
        #expect(try Self.ask(&world, first, at: 101).body.contains("invalid_grant"), "it is used up")
        #expect(try Self.ask(&world, Self.request("GET", profile, old), at: 101).status == 401)
        let new = ["authorization": "Bearer \(world["zid_authorization"])", "x-manager-token": world["zid_manager"]]
        #expect(try Self.ask(&world, Self.request("GET", profile, new), at: 101).status == 200)
        #expect(try Self.ask(&world, Self.request("GET", profile, new), at: 40_000_000).status == 401, "they end")
        #expect(try Self.ask(&world, Self.request("POST", "/oauth/token", body: "client_id=x")).status == 401)
    }

    @Test func zidKeepsEachWebhookOnceAndShowsNoPassword() throws {
        var world = ServicesWorld()
        let keys = ["authorization": "Bearer \(world["zid_authorization"])", "x-manager-token": world["zid_manager"]]
        let path = "/zid/v1/managers/webhooks"
        let body = #"{"event":"order.create","target_url":"https://a.example/b","original_id":7,"subscriber":"x","#
        let full = body + #""username":"u","password":"pw"}"#
        #expect(try Self.ask(&world, Self.request("POST", path, keys, body: full)).status == 201)
        #expect(try Self.ask(&world, Self.request("POST", path, keys, body: full)).status == 409)
        #expect(try Self.ask(&world, Self.request("POST", path, keys, body: body + #""a":1}"#)).status == 422)
        let list = try Self.ask(&world, Self.request("GET", path, keys)).body
        #expect(list.contains("https://a.example/b") && list.contains(#""original_id":7"#) && !list.contains("pw"))
        let remove = Self.request("DELETE", path, keys, query: ["original_id": "7"])
        #expect(try Self.ask(&world, remove).status == 200 && Self.ask(&world, remove).status == 404)
        world.settings["zid_may_register"] = "no"
        #expect(try Self.ask(&world, Self.request("GET", path, keys)).status == 403)
    }

    @Test func aFaultMeetsAsManyRequestsAsItSays() async throws {
        let fake = ServicesFake(eventWebhook: nil)
        let fault = try #require(ServiceFault(["service": "slack", "kind": "status", "status": 429, "retry_after": 7]))
        await fake.add(fault)
        let request = Self.request("POST", "/services/x", body: "{}")
        let (first, met) = await fake.answer(request, for: .slack)
        #expect(first.status == 429 && first.headers["Retry-After"] == "7" && met != nil)
        #expect(await fake.answer(request, for: .slack).0.status == 404)
        #expect(ServiceFault(["service": "slack", "kind": "what"]) == nil)
    }
}
