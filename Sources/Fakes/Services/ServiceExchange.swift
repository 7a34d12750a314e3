import Foundation

/// A request to one of the services, as far as they look at it.
struct ServiceRequest: Sendable, Equatable {
    let method: String
    /// Without the query.
    let path: String
    let query: [String: String]
    /// Names in small letters.
    let headers: [String: String]
    let body: String

    var parts: [String] { path.split(separator: "/").map(String.init) }

    var json: JSON? { try? JSON.parse(Data(body.utf8)) }

    /// The fields of a form; the last of a name.
    var form: [String: String] { Self.fields(body) }

    static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[plain(halves[0])] = halves.count == 2 ? plain(halves[1]) : ""
        }
        return fields
    }

    private static func plain(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}

/// What a service answers.
struct ServiceReply: Sendable, Equatable {
    var status: Int
    var type: String
    var body: String
    var headers: [String: String] = [:]

    static func json(_ status: Int, _ value: JSON, headers: [String: String] = [:]) -> ServiceReply {
        ServiceReply(status: status, type: "application/json", body: value.text, headers: headers)
    }

    static func text(_ status: Int, _ word: String) -> ServiceReply {
        ServiceReply(status: status, type: "text/plain", body: word)
    }

    static let page = ServiceReply(status: 200, type: "text/html", body: "<html><h1>Maintenance</h1></html>")
}

/// Which service a request is for.
enum ServiceName: String, Sendable, CaseIterable {
    case twilio, sendgrid, google, slack, seha, tatman, zid
    case googleToken = "google_token"
    case zidToken = "zid_token"

    /// By the first part of the path; nil for none.
    init?(path: String) {
        switch path.split(separator: "/").first {
        case "2010-04-01": self = .twilio
        case "v3": self = .sendgrid
        case "token": self = .googleToken
        case "calendar": self = .google
        case "services": self = .slack
        case "seha": self = .seha
        case "tatman": self = .tatman
        case "zid": self = .zid
        case "oauth": self = .zidToken
        default: return nil
        }
    }

    /// A refusal in the service's own words.
    func refusal(_ status: Int, retryAfter: Int?) -> ServiceReply {
        var reply: ServiceReply =
            switch self {
            case .twilio:
                .json(
                    status,
                    [
                        "code": .integer(Self.twilioCodes[status] ?? 20500), "message": "no",
                        "more_info": "https://www.twilio.com/docs/errors", "status": .integer(Int64(status)),
                    ])
            case .sendgrid: .json(status, ["errors": [["message": "no", "field": .null, "help": .null]]])
            case .google:
                .json(
                    status,
                    [
                        "error": [
                            "code": .integer(Int64(status)), "message": "no",
                            "errors": [
                                ["domain": "global", "reason": .string(Self.googleReasons[status] ?? "backendError")]
                            ],
                        ]
                    ])
            case .googleToken, .zidToken:
                .json(status, ["error": status == 401 ? "invalid_client" : status == 400 ? "invalid_grant" : "no"])
            case .slack: .text(status, Self.slackWords[status] ?? "rollup_error")
            case .seha, .tatman: .json(status, ["error": "no"])
            case .zid: ZidWorld.refusal(status, status == 429 ? "Too Many Attempts." : "no")
            }
        if let retryAfter { reply.headers["Retry-After"] = String(retryAfter) }
        return reply
    }

    private static let twilioCodes: [Int: Int64] = [400: 21211, 401: 20003, 403: 20403, 404: 20404, 429: 20429]
    private static let googleReasons = [
        401: "authError", 403: "insufficientPermissions", 404: "notFound", 409: "duplicate", 410: "fullSyncRequired",
        429: "rateLimitExceeded",
    ]
    private static let slackWords = [
        400: "invalid_payload", 403: "invalid_token", 404: "no_service", 410: "channel_is_archived",
        429: "rate_limited",
    ]
}

/// What goes wrong with the next requests to a service.
struct ServiceFault: Sendable, Equatable {
    enum Kind: String, Sendable {
        /// A refusal in the service's own words.
        case status
        /// A page for people where an answer should be.
        case html
        /// The answer comes after `delay` seconds.
        case slow
        /// Half of the answer, and the connection ends.
        case cut
        /// Bytes that mean nothing, said to be JSON.
        case garbage
        /// More than anybody reads.
        case huge
        /// To another host.
        case redirect
        /// The request is carried out, and a gateway's page is the answer.
        case lost
    }

    let service: ServiceName
    let kind: Kind
    var status = 500
    var retryAfter: Int?
    var delay = 0.0
    /// How many requests it still meets.
    var times = 1

    /// `{service, kind, status?, retry_after?, delay_ms?, times?}`; nil for what means nothing.
    init?(_ json: JSON) {
        guard let service = json["service"]?.string.flatMap(ServiceName.init(rawValue:)),
            let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:))
        else { return nil }
        self.service = service
        self.kind = kind
        status = Int(json["status"]?.integer ?? 500)
        retryAfter = json["retry_after"]?.integer.map { Int($0) }
        delay = Double(json["delay_ms"]?.integer ?? 0) / 1000
        times = Int(json["times"]?.integer ?? 1)
    }
}
