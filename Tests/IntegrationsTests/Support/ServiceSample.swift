import Domain

@testable import Integrations

/// A service with a configuration that is complete, for a server that stands in.
enum ServiceSample: String, CaseIterable, Sendable {
    case twilio, sendgrid, google, slack, seha, tatman

    static let sid = "AC" + String(repeating: "0a", count: 16)
    /// What must be seen nowhere but in the request.
    static let secrets = ["tw-secret", "SG.secret", "google-secret", "refresh-secret", "XsecretX", "health-secret"]

    func fields(_ url: String) -> [String: String] {
        switch self {
        case .twilio:
            ["account_sid": Self.sid, "auth_token": "tw-secret", "from_number": "+15005550006", "api_url": url]
        case .sendgrid:
            ["api_key": " SG.secret\n", "from_email": "shop@example.com", "from_name": "متجر", "api_url": url]
        case .google:
            [
                "client_id": "client", "client_secret": "google-secret", "refresh_token": "refresh-secret",
                "calendar_id": "shop@group.calendar.google.com", "token_url": url + "/token",
                "api_url": url + "/calendar/v3",
            ]
        case .slack: ["webhook_url": url + "/services/T0001/B0001/XsecretX", "channel": "#alerts"]
        case .seha: ["api_url": url, "api_key": "health-secret", "facility_id": "f-1"]
        case .tatman: ["api_url": url + "/v2/", "api_key": "health-secret", "provider_id": "p-1"]
        }
    }

    /// Fields without which nothing is tried.
    var required: [String] {
        switch self {
        case .twilio: ["account_sid", "auth_token", "from_number"]
        case .sendgrid: ["api_key", "from_email"]
        case .google: ["client_id", "client_secret", "refresh_token", "calendar_id"]
        case .slack: ["webhook_url"]
        case .seha: ["api_url", "api_key", "facility_id"]
        case .tatman: ["api_url", "api_key", "provider_id"]
        }
    }

    func check(
        _ fields: [String: String],
        _ client: OutboundClient,
        timeout: Duration = .seconds(20)
    ) -> any StatusCheck {
        let fields = ServiceFields(fields)
        switch self {
        case .twilio: return TwilioCheck(fields, client: client, timeout: timeout)
        case .sendgrid: return SendGridCheck(fields, client: client, timeout: timeout)
        case .google: return GoogleCalendarCheck(fields, client: client, timeout: timeout)
        case .slack: return SlackCheck(fields, client: client, timeout: timeout)
        case .seha: return HealthCheck(.seha, fields, client: client, timeout: timeout)
        case .tatman: return HealthCheck(.tatman, fields, client: client, timeout: timeout)
        }
    }

    static let token = ScriptedServer.json(
        200, #"{"access_token":"ya29","expires_in":3599,"token_type":"Bearer","scope":"x"}"#)

    /// What comes before the answer that a test is about.
    var prelude: [ScriptedServer.Act] {
        switch self {
        case .google: [Self.token]
        case .twilio, .sendgrid, .slack, .seha, .tatman: []
        }
    }

    static func text(_ status: Int, _ body: String, type: String = "text/plain", headers: [String] = [])
        -> ScriptedServer.Act
    {
        let lines = ["HTTP/1.1 \(status) X", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
        return .answer(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
