import Domain
import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore

/// The pages of `web/`, read once at the start and served from memory.
///
/// Only what was found then can be asked for, so no path leads elsewhere.
package struct StaticPages: Sendable {
    struct Page: Sendable {
        let bytes: ByteBuffer
        let type: String
        let tag: String
        let isDocument: Bool
    }

    /// Bytes of one file; a larger one does not belong to a page.
    private static let maxFileBytes = 4 * 1024 * 1024

    private static let types: [String: String] = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
        "json": "application/json; charset=utf-8", "webmanifest": "application/manifest+json",
        "svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "ico": "image/x-icon",
        "woff2": "font/woff2", "txt": "text/plain; charset=utf-8",
    ]

    /// What a page may load: its own files, its own sockets, and pictures it holds itself.
    private static let policy =
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "style-src 'self'; script-src 'self'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'; "
        + "form-action 'self'"

    private let pages: [String: Page]

    /// Reads a folder with everything below it. Throws `bad_request` when it is missing or has no `index.html`.
    package init(directory: String) throws {
        let root = URL(fileURLWithPath: directory, isDirectory: true).resolvingSymlinksInPath()
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
            throw HubError.badRequest("the folder \(directory) with the web pages cannot be read")
        }
        var pages: [String: Page] = [:]
        for case let file as URL in files {
            guard let type = Self.types[file.pathExtension.lowercased()], !file.lastPathComponent.hasPrefix("."),
                let bytes = try? Data(contentsOf: file), bytes.count <= Self.maxFileBytes
            else { continue }
            let path = String(file.resolvingSymlinksInPath().path.dropFirst(root.path.count))
            pages[path] = Page(
                bytes: ByteBuffer(bytes: bytes),
                type: type,
                tag: Self.tag(bytes),
                isDocument: file.pathExtension == "html"
            )
        }
        guard pages["/index.html"] != nil else {
            throw HubError.badRequest("the folder \(directory) with the web pages is missing or has no index.html")
        }
        pages["/"] = pages["/index.html"]
        pages["/staff"] = pages["/staff.html"]
        self.pages = pages
    }

    package func addRoutes(to router: Router<RestContext>) {
        for (path, page) in pages {
            router.on(RouterPath(path), method: .get) { request, _ in Self.answer(page, request, hasBody: true) }
            router.on(RouterPath(path), method: .head) { request, _ in Self.answer(page, request, hasBody: false) }
        }
    }

    private static func answer(_ page: Page, _ request: Request, hasBody: Bool) -> Response {
        var headers: HTTPFields = [
            .contentType: page.type,
            .eTag: page.tag,
            // Always asked, rarely sent: a new version is seen at once.
            .cacheControl: "no-cache",
        ]
        if page.isDocument {
            headers[.contentSecurityPolicy] = policy
            headers[.referrerPolicy] = "strict-origin-when-cross-origin"
        } else {
            // The widget's modules are loaded by the shop's own pages.
            headers[.accessControlAllowOrigin] = "*"
            headers[.crossOriginResourcePolicy] = "cross-origin"
        }
        if request.headers[.ifNoneMatch] == page.tag { return Response(status: .notModified, headers: headers) }
        guard hasBody else {
            headers[.contentLength] = String(page.bytes.readableBytes)
            return Response(status: .ok, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: page.bytes))
    }

    /// FNV-1a over the bytes: tells versions of one file apart, and protects nothing.
    private static func tag(_ bytes: Data) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "\"\(String(hash, radix: 36))\""
    }
}
