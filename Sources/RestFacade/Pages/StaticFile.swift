import HTTPTypes
import Hummingbird
import NIOCore

/// A file at an address, ready to be sent.
struct StaticFile: Sendable {
    /// For how long a browser believes what it has.
    enum Keeping {
        /// It asks each time, and is told that nothing changed.
        case asked
        /// For ever: another version has another address.
        case kept

        fileprivate var cacheControl: String {
            switch self {
            case .asked: "no-cache"
            case .kept: "public, max-age=31536000, immutable"
            }
        }
    }

    /// The only address that it is served at.
    let path: String
    private let source: SourceFile
    private let headers: HTTPFields

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    /// Resource Timing, section 4.5.1.
    private static let timingAllowOrigin = HTTPField.Name("Timing-Allow-Origin")

    /// - Parameters:
    ///   - path: nil is the address that stays
    ///   - policy: of a page; nothing else has one
    init(
        _ source: SourceFile,
        at path: String? = nil,
        _ keeping: Keeping = .asked,
        policy: PagePolicy = PagePolicy()
    ) {
        self.path = path ?? source.path
        self.source = source
        var headers: HTTPFields = [
            .contentType: source.type.contentType,
            .cacheControl: keeping.cacheControl,
            .xContentTypeOptions: "nosniff",
        ]
        if source.gzip != nil { headers[.vary] = "Accept-Encoding" }
        if source.type.isPage {
            headers[.contentSecurityPolicy] = policy.text
            if let name = Self.referrerPolicy { headers[name] = "strict-origin-when-cross-origin" }
        } else {
            // The widget is loaded by the pages of shops, and by those that isolate themselves.
            headers[.accessControlAllowOrigin] = "*"
            headers[.crossOriginResourcePolicy] = "cross-origin"
            // They may also measure what it costs them.
            if let name = Self.timingAllowOrigin { headers[name] = "*" }
        }
        self.headers = headers
    }

    func answer(_ request: Request) -> Response {
        let packed = AcceptedEncodings(request.headers[values: .acceptEncoding]).takesGzip ? source.gzip : nil
        // Two forms of a file are two representations (RFC 9110 section 8.8.3.3).
        let tag = EntityTag(packed == nil ? source.digest.short : "\(source.digest.short)-gzip")
        var headers = headers
        headers[.eTag] = tag.text
        guard !tag.isHeld(accordingTo: request.headers[values: .ifNoneMatch]) else {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        if packed != nil { headers[.contentEncoding] = "gzip" }
        let response = Response(status: .ok, headers: headers, body: .init(byteBuffer: packed ?? source.plain))
        return request.method == .head ? response.createHeadResponse() : response
    }
}
