import Domain
import Foundation
import Testing

@testable import RestFacade

@Suite struct StaticPagesTests {
    private func with(
        _ files: [String: String],
        _ body: (_ port: Int, _ folder: URL) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try Self.write(files, below: folder)
            let pages = try StaticPages(directory: folder.path())
            try await LiveRouter.with(pages.add) { port in try await body(port, folder) }
        }
    }

    private static func write(_ files: [String: String], below folder: URL) throws {
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    @Test func filesStandAtTheirAddresses() async throws {
        let files = [
            "index.html": "<p>متجر", "staff.html": "<p>staff", "widget.js": "export {}", "ui/a-b_c.css": "p {}",
            "i18n/ar.json": "{}", "docs/index.html": "<p>docs", "shop/mark.svg": "<svg/>",
        ]
        try await with(files) { port, _ async throws in
            for (path, type, text) in [
                ("/", "text/html; charset=utf-8", "<p>متجر"), ("/?lang=en", "text/html; charset=utf-8", "<p>متجر"),
                ("/staff", "text/html; charset=utf-8", "<p>staff"), ("/docs", "text/html; charset=utf-8", "<p>docs"),
                ("/widget.js", "text/javascript; charset=utf-8", "export {}"),
                ("/ui/a-b_c.css", "text/css; charset=utf-8", "p {}"),
                ("/i18n/ar.json", "application/json; charset=utf-8", "{}"),
                ("/shop/mark.svg", "image/svg+xml; charset=utf-8", "<svg/>"),
            ] {
                let answer = try await RawHTTP.send(port: port, "GET", path)
                #expect(answer.status == 200)
                #expect(answer.headers["content-type"] == type)
                #expect(answer.text == text)
            }
        }
    }

    @Test func everythingElseIsNotFound() async throws {
        let files = [
            "index.html": "x", ".env": "SECRET", ".git/config.txt": "SECRET", "notes.md": "SECRET", "run.sh": "SECRET",
            "plain": "SECRET", "ui/.hidden.js": "SECRET", "UPPER.HTML": "SECRET",
        ]
        try await with(files) { port, folder async throws in
            let outside = folder.deletingLastPathComponent().lastPathComponent
            for path in [
                "/.env", "/.git/config.txt", "/notes.md", "/run.sh", "/plain", "/ui/.hidden.js", "/UPPER.HTML", "/ui",
                "/index.html", "/../\(outside)", "/..%2f.env", "/%2e%2e/.env", "/ui/../.env", "/ui/..%2f.env",
                "/..\\.env", "/index.html%00", "//etc/passwd", "/:path", "/*",
            ] {
                let answer = try await RawHTTP.send(port: port, "GET", path)
                #expect(answer.status == 404, "\(path)")
                #expect(!answer.text.contains("SECRET"))
            }
        }
    }

    @Test func linksLeadNowhere() async throws {
        try await TemporaryFolder.with { folder in
            let web = folder.appending(path: "web")
            try Self.write(["web/index.html": "x", "secret.txt": "SECRET", "out/a.txt": "SECRET"], below: folder)
            for (name, target) in [("link.txt", "secret.txt"), ("out", "out")] {
                try FileManager.default.createSymbolicLink(
                    at: web.appending(path: name), withDestinationURL: folder.appending(path: target))
            }
            try await LiveRouter.with(try StaticPages(directory: web.path()).add) { port async throws in
                for path in ["/link.txt", "/out/a.txt"] {
                    #expect(try await RawHTTP.send(port: port, "GET", path).status == 404)
                }
            }
        }
    }

    @Test func pageRunsOnlyWhatTheHubServes() async throws {
        try await with(["index.html": "x"]) { port, _ async throws in
            let headers = try await RawHTTP.send(port: port, "GET", "/").headers
            let policy = try #require(headers["content-security-policy"]).split(separator: "; ")
            let expected = [
                "default-src 'self'", "connect-src 'self' ws: wss:", "img-src 'self' data: blob:",
                "media-src 'self' blob:", "style-src 'self'", "script-src 'self'", "frame-ancestors 'self'",
                "base-uri 'none'", "object-src 'none'", "form-action 'self'",
            ]
            #expect(policy.map(String.init) == expected)
            #expect(headers["x-content-type-options"] == "nosniff")
            #expect(headers["referrer-policy"] == "strict-origin-when-cross-origin")
            #expect(headers["cache-control"] == "no-cache")
            #expect(headers["access-control-allow-origin"] == nil)
        }
    }

    @Test func modulesLoadOnOtherPages() async throws {
        let files = ["a.js": "x", "a.mjs": "x", "a.css": "x", "a.json": "x", "a.woff2": "x"]
        try await with(files) { port, _ async throws in
            for path in ["/a.js", "/a.mjs", "/a.css", "/a.json", "/a.woff2"] {
                let headers = try await RawHTTP.send(port: port, "GET", path, ["Origin": "https://shop.example"])
                    .headers
                #expect(headers["access-control-allow-origin"] == "*")
                #expect(headers["cross-origin-resource-policy"] == "cross-origin")
                #expect(headers["x-content-type-options"] == "nosniff")
                #expect(headers["cache-control"] == "no-cache")
            }
        }
    }

    @Test func heldFileIsNotSentAgain() async throws {
        try await with(["a.js": "one", "b.js": "two", "c.js": "one"]) { port, _ async throws in
            let first = try await RawHTTP.send(port: port, "GET", "/a.js")
            let tag = try #require(first.headers["etag"])
            let again = try await RawHTTP.send(port: port, "GET", "/a.js", ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.headers["etag"] == tag)
            #expect(again.headers["access-control-allow-origin"] == "*")
            #expect(try await RawHTTP.send(port: port, "GET", "/b.js", ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func headIsGetWithoutBytes() async throws {
        try await with(["index.html": "12345"]) { port, _ async throws in
            let head = try await RawHTTP.send(port: port, "HEAD", "/")
            #expect(head.status == 200)
            #expect(head.headers["content-length"] == "5")
        }
    }

    // MARK: Starts

    @Test(arguments: [
        ([:], HubError.Code.notFound), (["notes.md": "x"], .notFound), (["a b.js": "x"], .badRequest),
        (["{id}.js": "x"], .badRequest), (["صورة.png": "x"], .badRequest),
        (["a.html": "x", "a/index.html": "y"], .badRequest), (["a.js": "12345678901"], .tooLarge),
        (["a.js": "1234567890", "b.js": "1234567890", "c.js": "1"], .tooLarge),
    ])
    func folderThatCannotBeServedStopsTheStart(files: [String: String], code: HubError.Code) async throws {
        try await TemporaryFolder.with { folder in
            try Self.write(files, below: folder)
            var limits = StaticLimits()
            limits.maxFileBytes = 10
            limits.maxTotalBytes = 20
            let error = #expect(throws: HubError.self) {
                try StaticPages(directory: folder.path(), limits: limits)
            }
            #expect(error?.code == code)
        }
    }

    @Test func missingFolderIsNamed() {
        let error = #expect(throws: HubError.self) { try StaticPages(directory: "/nowhere/web") }
        #expect(error?.message.contains("/nowhere/web") == true)
    }

    @Test func ourOwnPagesCanBeServed() async throws {
        let web = URL(filePath: #filePath).appending(path: "../../../../web").standardized
        try await LiveRouter.with(try StaticPages(directory: web.path()).add) { port async throws in
            for path in ["/", "/staff", "/widget.js"] {
                #expect(try await RawHTTP.send(port: port, "GET", path).status == 200)
            }
        }
    }
}
