package import NIOCore

/// Why a request for a socket path gets no socket, and the answer it gets instead.
package enum UpgradeRefusal: Error, Hashable, Sendable {
    /// 400; the text tells the client's developer what to change.
    case badRequest(String)
    /// 403: the page's origin is not allowed to connect.
    case foreignOrigin
    /// 405: a handshake is a GET.
    case methodNotAllowed
    /// 408: the request head did not arrive in time.
    case headTimeout
    /// 414
    case uriTooLong
    /// 426: a request without an upgrade, or for another version of the WebSocket protocol.
    case upgradeRequired
    /// 429: too many connections or handshakes from this address.
    case tooManyConnections(retryAfterSeconds: Int)
    /// 431: too many bytes or header fields.
    case headTooLarge
    /// 503: the hub is full or about to stop.
    case unavailable(retryAfterSeconds: Int)
    /// 505: the handshake needs HTTP/1.1.
    case versionNotSupported

    package var status: Int {
        switch self {
        case .badRequest: 400
        case .foreignOrigin: 403
        case .methodNotAllowed: 405
        case .headTimeout: 408
        case .uriTooLong: 414
        case .upgradeRequired: 426
        case .tooManyConnections: 429
        case .headTooLarge: 431
        case .unavailable: 503
        case .versionNotSupported: 505
        }
    }

    /// The status line's phrase and the problem's title (RFC 9110 section 15, RFC 6585).
    package var title: String {
        switch self {
        case .badRequest: "Bad Request"
        case .foreignOrigin: "Forbidden"
        case .methodNotAllowed: "Method Not Allowed"
        case .headTimeout: "Request Timeout"
        case .uriTooLong: "URI Too Long"
        case .upgradeRequired: "Upgrade Required"
        case .tooManyConnections: "Too Many Requests"
        case .headTooLarge: "Request Header Fields Too Large"
        case .unavailable: "Service Unavailable"
        case .versionNotSupported: "HTTP Version Not Supported"
        }
    }

    /// The error code of `docs/protocol.md`.
    package var code: String {
        switch self {
        case .badRequest, .methodNotAllowed, .headTimeout, .upgradeRequired, .versionNotSupported: "bad_request"
        case .foreignOrigin: "forbidden"
        case .uriTooLong, .headTooLarge: "too_large"
        case .tooManyConnections: "rate_limited"
        case .unavailable: "unavailable"
        }
    }

    /// What to do about it. It never quotes the request, so it needs no escaping in JSON.
    package var detail: String {
        switch self {
        case .badRequest(let detail): detail
        case .foreignOrigin: "this origin is not allowed; add it to ALLOWED_ORIGINS"
        case .methodNotAllowed: "open a WebSocket with GET"
        case .headTimeout: "send the whole request head at once"
        case .uriTooLong: "shorten the request target"
        case .upgradeRequired: "this path is a WebSocket of version 13"
        case .tooManyConnections: "too many connections from here; wait before the next"
        case .headTooLarge: "send fewer and shorter header fields"
        case .unavailable: "the hub takes no connections now; wait before the next"
        case .versionNotSupported: "open a WebSocket over HTTP/1.1"
        }
    }

    private var fields: String {
        switch self {
        case .badRequest, .foreignOrigin, .headTimeout, .uriTooLong, .headTooLarge, .versionNotSupported: ""
        case .methodNotAllowed: "Allow: GET\r\n"
        // RFC 9110 section 15.5.22 wants Upgrade, RFC 6455 section 4.4 the version.
        case .upgradeRequired: "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        case .tooManyConnections(let seconds), .unavailable(let seconds): "Retry-After: \(seconds)\r\n"
        }
    }

    private var connection: String {
        switch self {
        case .upgradeRequired: "close, Upgrade"
        case .badRequest, .foreignOrigin, .methodNotAllowed, .headTimeout, .uriTooLong, .tooManyConnections,
            .headTooLarge, .unavailable, .versionNotSupported:
            "close"
        }
    }

    /// The body of the response: a problem of RFC 9457.
    var problem: String {
        """
        {"type":"about:blank","title":"\(self.title)","status":\(self.status),\
        "code":"\(self.code)","detail":"\(self.detail)"}
        """
    }

    /// The whole response, after which the connection is closed.
    package var response: ByteBuffer {
        let body = self.problem
        return ByteBuffer(
            string: "HTTP/1.1 \(self.status) \(self.title)\r\n\(self.fields)Connection: \(self.connection)\r\n"
                + "Content-Type: application/problem+json\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Cache-Control: no-store\r\n\r\n\(body)"
        )
    }
}
