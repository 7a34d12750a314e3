import Domain
import NIOHTTP1

/// One request to an outside service.
struct OutboundRequest: Sendable {
    let method: HTTPMethod
    let url: OutboundURL
    private(set) var headers: HTTPHeaders
    let body: [UInt8]

    init(_ method: HTTPMethod, _ url: OutboundURL, headers: [(String, String)] = []) {
        self.init(method, url, headers, body: [])
    }

    /// `application/json` (RFC 8259).
    init(_ method: HTTPMethod, _ url: OutboundURL, headers: [(String, String)] = [], json: JSONValue) {
        self.init(method, url, headers + [("Content-Type", "application/json")], body: Array(json.text.utf8))
    }

    /// `application/x-www-form-urlencoded`.
    init(_ method: HTTPMethod, _ url: OutboundURL, headers: [(String, String)] = [], form: FormFields) {
        self.init(
            method, url, headers + [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.text.utf8))
    }

    /// Bytes as they are, of the `Content-Type` among the headers.
    init(_ method: HTTPMethod, _ url: OutboundURL, headers: [(String, String)], body: [UInt8]) {
        self.init(method, url, headers, body: body)
    }

    private init(_ method: HTTPMethod, _ url: OutboundURL, _ headers: [(String, String)], body: [UInt8]) {
        self.method = method
        self.url = url
        self.body = body
        self.headers = [
            "Host": url.authority, "Accept": "application/json", "User-Agent": "TwoCardsHub", "Connection": "close",
        ]
        for (name, value) in headers { self.headers.replaceOrAdd(name: name, value: value) }
        if method != .GET { self.headers.add(name: "Content-Length", value: String(body.count)) }
    }
}

/// What a service answered.
struct OutboundAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// Nil when it is no JSON.
    var json: JSONValue? { try? JSONParser.parse(text, maxDepth: 32) }

    /// Whether it is a page for people.
    var isPage: Bool { headers.first(name: "content-type")?.lowercased().hasPrefix("text/html") ?? false }

    /// In whole seconds; the form with a date is not read.
    var retryAfter: Duration? {
        headers.first(name: "retry-after").flatMap { Int64($0) }.map { .seconds(max(0, min($0, 86_400))) }
    }
}

/// Why there is no answer.
enum OutboundFailure: Error, Sendable, Equatable {
    /// The address is one where the hub does not go: private, or without TLS.
    case forbidden
    /// No such host, or nobody there.
    case unreachable
    /// TLS did not come about: the certificate is not to be trusted.
    case untrusted
    /// Not in time.
    case late
    /// Longer than what is read.
    case tooLarge
    /// The connection ended too early, or what came is no HTTP.
    case garbled
}

/// How a request ended.
enum OutboundResult: Sendable {
    case answer(OutboundAnswer)
    /// - Parameter hasLeft: Whether the service may have got the request, or will get the rest of it.
    case failed(OutboundFailure, hasLeft: Bool)
}
