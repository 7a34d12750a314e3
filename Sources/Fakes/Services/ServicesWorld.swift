import Foundation

/// What the services know; one account at each.
struct ServicesWorld: Sendable {
    /// What a client must show; tests change it while it runs.
    var settings: [String: String] = [
        "account_sid": "AC" + String(repeating: "0", count: 32), "auth_token": "fake-twilio-token",
        "account_status": "active", "api_key": "SG.fake-key", "scopes": "mail.send,alerts.read",
        "client_id": "fake-client", "client_secret": "fake-google-secret", "refresh_token": "fake-refresh-token",
        "calendar_id": "primary", "access_s": "3599", "slack_path": "/services/T00000000/B00000000/fakefakefakefake",
        "health_key": "fake-health-key", "facility_id": "facility-1", "provider_id": "provider-1",
        "zid_authorization": "fake-zid-authorization", "zid_manager": "fake-zid-manager", "zid_store": "4242",
        "zid_per_minute": "60", "zid_client": "fake-zid-client", "zid_client_secret": "fake-zid-secret",
        "zid_refresh": "fake-zid-refresh", "zid_expires_s": "31536000", "zid_may_register": "yes",
    ]
    var zid = ZidWorld()
    private(set) var messages: [TwilioFakeMessage] = []
    private(set) var mails: [JSON] = []
    private(set) var posts: [String] = []
    /// By their ids.
    private(set) var events: [String: JSON] = [:]
    private var tokens: [String: Double] = [:]
    private var count = 0

    /// How many of each are kept; older ones make room.
    static let most = 1000

    subscript(_ name: String) -> String { settings[name] ?? "" }

    mutating func answer(_ request: ServiceRequest, for service: ServiceName, at now: Double) -> ServiceReply {
        switch service {
        case .twilio: twilio(request, at: now)
        case .sendgrid: sendGrid(request)
        case .googleToken: token(request, at: now)
        case .google: calendar(request, at: now)
        case .slack: slack(request)
        case .seha: health(request, header: "x-facility-id", id: self["facility_id"])
        case .zid: zid.answer(request, settings, at: now)
        case .zidToken: zidToken(request, at: now)
        case .tatman: health(request, header: "x-provider-id", id: self["provider_id"])
        }
    }

    private mutating func next() -> Int {
        count += 1
        return count
    }

    private static func hex(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    // MARK: Twilio

    private mutating func twilio(_ request: ServiceRequest, at now: Double) -> ServiceReply {
        func error(_ status: Int, _ code: Int64, _ message: String) -> ServiceReply {
            .json(
                status,
                ["code": .integer(code), "message": .string(message), "status": .integer(Int64(status))])
        }
        let login = Data("\(self["account_sid"]):\(self["auth_token"])".utf8).base64EncodedString()
        guard request.headers["authorization"] == "Basic \(login)" else {
            return error(401, 20003, "Authenticate")
        }
        let parts = request.parts
        guard parts.count >= 3, parts[1] == "Accounts", parts[2].hasPrefix(self["account_sid"]) else {
            return error(404, 20404, "The requested resource was not found")
        }
        if parts.count == 3, request.method == "GET" {
            return .json(
                200,
                [
                    "sid": .string(self["account_sid"]), "status": .string(self["account_status"]), "type": "Full",
                    "auth_token": .string(self["auth_token"]), "friendly_name": "fake",
                ])
        }
        guard parts.count == 4, parts[3] == "Messages.json" else { return error(404, 20404, "not found") }
        if request.method == "GET" {
            let to = request.query["To"]
            return .json(200, ["messages": .array(messages.filter { to == nil || $0.to == to }.map(\.json))])
        }
        let form = request.form
        guard let to = form["To"], to.hasPrefix("+"), to.count >= 9, to.dropFirst().allSatisfy(\.isNumber) else {
            return error(400, 21211, "Invalid 'To' Phone Number")
        }
        guard let body = form["Body"], !body.isEmpty else { return error(400, 21602, "Message body is required") }
        guard body.utf16.count <= 1600 else { return error(400, 21617, "The concatenated message body is too long") }
        guard let from = form["From"] ?? form["MessagingServiceSid"] else {
            return error(400, 21603, "A 'From' phone number is required")
        }
        let message = TwilioFakeMessage(
            sid: "SM" + Self.hex(next()), account: self["account_sid"], to: to, from: from, body: body,
            callback: form["StatusCallback"], at: now)
        messages.insert(message, at: 0)
        messages.removeLast(max(0, messages.count - Self.most))
        return .json(201, message.json)
    }

    // MARK: SendGrid

    private mutating func sendGrid(_ request: ServiceRequest) -> ServiceReply {
        func error(_ status: Int, _ message: String, field: String? = nil) -> ServiceReply {
            .json(
                status,
                ["errors": [["message": .string(message), "field": field.map(JSON.string) ?? .null, "help": .null]]])
        }
        guard request.headers["authorization"] == "Bearer \(self["api_key"])" else {
            return error(401, "authorization required")
        }
        let scopes = self["scopes"].split(separator: ",").map { JSON.string(String($0)) }
        if request.path == "/v3/scopes" { return .json(200, ["scopes": .array(scopes)]) }
        guard request.path == "/v3/mail/send", request.method == "POST" else { return error(404, "not found") }
        guard scopes.contains("mail.send") else { return error(403, "access forbidden") }
        guard let mail = request.json else { return error(400, "Bad Request") }
        guard mail["personalizations"]?.array?.first?["to"]?.array?.first?["email"]?.string != nil else {
            return error(400, "The to array is required", field: "personalizations.0.to")
        }
        guard mail["from"]?["email"]?.string != nil else { return error(400, "The from is required", field: "from") }
        guard mail["content"]?.array?.first?["type"] == "text/plain" else {
            return error(400, "text/plain comes first", field: "content")
        }
        if mail["mail_settings"]?["sandbox_mode"]?["enable"] == true {
            return ServiceReply(status: 200, type: "text/plain", body: "")
        }
        let id = "fakeMessage\(next())"
        var members = mail.object ?? [:]
        members["x_message_id"] = .string(id)
        mails.append(.object(members))
        mails.removeFirst(max(0, mails.count - Self.most))
        return ServiceReply(status: 202, type: "text/plain", body: "", headers: ["X-Message-Id": id])
    }

    // MARK: Google

    private mutating func token(_ request: ServiceRequest, at now: Double) -> ServiceReply {
        let form = request.form
        guard form["client_id"] == self["client_id"], form["client_secret"] == self["client_secret"] else {
            return .json(401, ["error": "invalid_client", "error_description": "Unauthorized"])
        }
        guard form["grant_type"] == "refresh_token", form["refresh_token"] == self["refresh_token"] else {
            return .json(400, ["error": "invalid_grant", "error_description": "Token has been expired or revoked."])
        }
        let text = "fake-access-\(next())"
        let seconds = Int64(self["access_s"]) ?? 3599
        tokens[text] = now + Double(seconds)
        if tokens.count > Self.most { tokens = tokens.filter { $0.value > now } }
        return .json(
            200,
            [
                "access_token": .string(text), "expires_in": .integer(seconds), "token_type": "Bearer",
                "scope": "https://www.googleapis.com/auth/calendar.events",
            ])
    }

    // MARK: Zid

    /// New keys for a refresh token, which is good for one time only. The keys before end with it.
    private mutating func zidToken(_ request: ServiceRequest, at now: Double) -> ServiceReply {
        let form = request.form
        guard form["client_id"] == self["zid_client"], form["client_secret"] == self["zid_client_secret"] else {
            return .json(401, ["error": "invalid_client", "message": "Client authentication failed"])
        }
        guard form["grant_type"] == "refresh_token", form["refresh_token"] == self["zid_refresh"] else {
            return .json(400, ["error": "invalid_grant", "message": "The refresh token is invalid."])
        }
        let number = next()
        let seconds = Int64(self["zid_expires_s"]) ?? 31_536_000
        for (name, word) in [("zid_manager", "manager"), ("zid_authorization", "app"), ("zid_refresh", "refresh")] {
            settings[name] = "renewed-zid-\(word)-\(number)"
        }
        zid.renewed(until: now + Double(seconds))
        return .json(
            200,
            [
                "access_token": .string(self["zid_manager"]), "Authorization": .string(self["zid_authorization"]),
                "refresh_token": .string(self["zid_refresh"]), "expires_in": .integer(seconds),
                "token_type": "Bearer",
            ])
    }

    // MARK: Google Calendar

    private mutating func calendar(_ request: ServiceRequest, at now: Double) -> ServiceReply {
        let service = ServiceName.google
        let key = request.headers["authorization"]?.dropFirst("Bearer ".count)
        guard let end = key.flatMap({ tokens[String($0)] }), end > now else {
            return service.refusal(401, retryAfter: nil)
        }
        let parts = request.parts
        guard parts.count == 5 || parts.count == 6, parts[2] == "calendars", parts[4] == "events",
            parts[3].removingPercentEncoding == self["calendar_id"]
        else { return service.refusal(404, retryAfter: nil) }
        if parts.count == 6 { return event(parts[5], request) }
        guard request.method == "POST" else {
            let size = max(1, Int(request.query["maxResults"] ?? "") ?? 250)
            let first = Int(request.query["pageToken"] ?? "") ?? 0
            let all = events.values.filter { $0["status"] != "cancelled" }.sorted { Self.start($0) < Self.start($1) }
                .filter {
                    Self.start($0) < (request.query["timeMax"] ?? "9") && Self.end($0) > request.query["timeMin"] ?? ""
                }
            var answer: [String: JSON] = [
                "kind": "calendar#events", "timeZone": "Asia/Riyadh",
                "items": .array(Array(all.dropFirst(first).prefix(size))),
            ]
            if first + size < all.count { answer["nextPageToken"] = .string(String(first + size)) }
            return .json(200, .object(answer))
        }
        guard var event = request.json?.object, event["start"] != nil, event["end"] != nil else {
            return service.refusal(400, retryAfter: nil)
        }
        let id = event["id"]?.string ?? "fake\(next())"
        guard events[id] == nil else { return service.refusal(409, retryAfter: nil) }
        event["id"] = .string(id)
        event["status"] = "confirmed"
        event["htmlLink"] = .string("https://www.google.com/calendar/event?eid=\(id)")
        events[id] = .object(event)
        return .json(200, .object(event))
    }

    /// Changes one event or removes it; what is removed keeps its id, and comes back when it is confirmed again.
    private mutating func event(_ id: String, _ request: ServiceRequest) -> ServiceReply {
        let service = ServiceName.google
        guard var event = events[id]?.object else { return service.refusal(404, retryAfter: nil) }
        switch request.method {
        case "GET": return .json(200, .object(event))
        case "PATCH":
            guard let changes = request.json?.object else { return service.refusal(400, retryAfter: nil) }
            event.merge(changes) { _, new in new }
            events[id] = .object(event)
            return .json(200, .object(event))
        case "DELETE":
            guard event["status"] != "cancelled" else { return service.refusal(410, retryAfter: nil) }
            event["status"] = "cancelled"
            events[id] = .object(event)
            return ServiceReply(status: 204, type: "text/plain", body: "")
        default: return service.refusal(404, retryAfter: nil)
        }
    }

    /// Texts of one form and zone are in the order of their moments; the hub writes no other.
    private static func start(_ event: JSON) -> String { event["start"]?["dateTime"]?.string ?? "" }
    private static func end(_ event: JSON) -> String { event["end"]?["dateTime"]?.string ?? "" }

    // MARK: Slack, Seha, Tatman

    private mutating func slack(_ request: ServiceRequest) -> ServiceReply {
        guard request.path == self["slack_path"] else { return .text(404, "no_service") }
        guard request.method == "POST", let body = request.json else { return .text(400, "invalid_payload") }
        guard let text = body["text"]?.string, !text.isEmpty else { return .text(400, "no_text") }
        posts.append(text)
        posts.removeFirst(max(0, posts.count - Self.most))
        return .text(200, "ok")
    }

    private func health(_ request: ServiceRequest, header: String, id: String) -> ServiceReply {
        guard request.parts.count == 2, request.parts[1] == "health" else { return .json(404, ["error": "no"]) }
        guard request.headers["authorization"] == "Bearer \(self["health_key"])", request.headers[header] == id else {
            return .json(401, ["error": "no"])
        }
        return .json(200, ["status": "UP"])
    }
}

/// A message at Twilio.
struct TwilioFakeMessage: Sendable, Equatable {
    let sid: String
    let account: String
    let to: String
    let from: String
    let body: String
    let callback: String?
    /// Seconds since 1970.
    let at: Double

    var json: JSON {
        [
            "sid": .string(sid), "account_sid": .string(account), "to": .string(to), "from": .string(from),
            "body": .string(body), "status": "queued", "num_segments": "1", "direction": "outbound-api",
            "error_code": .null, "error_message": .null, "price": .null, "date_created": .string(date),
            "uri": .string("/2010-04-01/Accounts/\(account)/Messages/\(sid).json"),
        ]
    }

    /// RFC 2822.
    private var date: String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss +0000"
        return format.string(from: Date(timeIntervalSince1970: at))
    }
}
