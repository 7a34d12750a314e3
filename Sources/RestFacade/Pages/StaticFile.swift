import HTTPTypes
import Hummingbird
import NIOCore

/// One file of the pages in memory, ready to be sent.
struct StaticFile: Sendable {
    /// The only address that it is served at.
    let path: String
    let type: StaticType
    private let tag: EntityTag
    private let headers: HTTPFields
    private let bytes: ByteBuffer

    /// Scripts and styles come from the hub alone; the sockets of a hub behind a proxy may have another origin's name.
    private static let pagePolicy = """
        default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:; \
        style-src 'self'; script-src 'self'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'; \
        form-action 'self'
        """
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")

    /// - Parameter name: Below the folder, with `/` between its parts.
    init(name: String, type: StaticType, bytes: [UInt8]) {
        path = Self.path(ofFileNamed: name, type)
        self.type = type
        tag = EntityTag(ContentHash.text(of: bytes))
        self.bytes = ByteBuffer(bytes: bytes)
        var headers: HTTPFields = [
            .contentType: type.contentType,
            .eTag: tag.text,
            // Kept, and asked for again each time: a new hub's pages and modules never mix with an old one's.
            .cacheControl: "no-cache",
            .xContentTypeOptions: "nosniff",
        ]
        if type.isPage {
            headers[.contentSecurityPolicy] = Self.pagePolicy
            if let name = Self.referrerPolicy { headers[name] = "strict-origin-when-cross-origin" }
        } else {
            // The widget is loaded by the pages of shops, and by those that isolate themselves.
            headers[.accessControlAllowOrigin] = "*"
            headers[.crossOriginResourcePolicy] = "cross-origin"
        }
        self.headers = headers
    }

    /// A page stands at its name without the ending, `index.html` at its folder, all else at its name.
    private static func path(ofFileNamed name: String, _ type: StaticType) -> String {
        guard type.isPage else { return "/\(name)" }
        let page = name.dropLast(".html".count)
        if page == "index" { return "/" }
        return "/\(page.hasSuffix("/index") ? page.dropLast("/index".count) : page)"
    }

    func answer(_ request: Request) -> Response {
        guard !tag.isHeld(accordingTo: request.headers[values: .ifNoneMatch]) else {
            var response = Response(status: .notModified, headers: headers)
            response.headers[.contentLength] = nil
            response.headers[.contentType] = nil
            return response
        }
        let response = Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
        return request.method == .head ? response.createHeadResponse() : response
    }
}
