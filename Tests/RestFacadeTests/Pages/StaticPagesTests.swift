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
            "index.html": "<p>متجر", "staff.html": "<p>staff", "sdk/hub.js": "export {}", "ui/a-b_c.css": "p {}",
            "i18n/ar.json": "{}", "docs/index.html": "<p>docs", "shop/mark.svg": "<svg/>",
        ]
        try await with(files) { port, _ async throws in
            for (path, type, text) in [
                ("/", "text/html; charset=utf-8", "<p>متجر"), ("/?lang=en", "text/html; charset=utf-8", "<p>متجر"),
                ("/staff", "text/html; charset=utf-8", "<p>staff"), ("/docs", "text/html; charset=utf-8", "<p>docs"),
                ("/sdk/hub.js", "text/javascript; charset=utf-8", "export {}"),
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
        let files = ["b/a.js": "x", "a.mjs": "x", "a.css": "x", "a.json": "x", "a.woff2": "x"]
        try await with(files) { port, _ async throws in
            for path in ["/b/a.js", "/a.mjs", "/a.css", "/a.json", "/a.woff2"] {
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
        try await with(["a.css": "one", "b.css": "two", "c.css": "one"]) { port, _ async throws in
            let first = try await RawHTTP.send(port: port, "GET", "/a.css")
            let tag = try #require(first.headers["etag"])
            let again = try await RawHTTP.send(port: port, "GET", "/a.css", ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.headers["etag"] == tag)
            #expect(again.headers["access-control-allow-origin"] == "*")
            #expect(try await RawHTTP.send(port: port, "GET", "/b.css", ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func headIsGetWithoutBytes() async throws {
        try await with(["index.html": "12345"]) { port, _ async throws in
            let head = try await RawHTTP.send(port: port, "HEAD", "/")
            #expect(head.status == 200)
            #expect(head.headers["content-length"] == "5")
        }
    }

    @Test func filesAreOnlyRead() async throws {
        try await with(["index.html": "x", "ui/a.css": "p {}"]) { port, _ async throws in
            for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
                let answer = try await RawHTTP.send(port: port, method, "/ui/a.css")
                #expect(answer.status == 405, "\(method)")
                #expect(answer.headers["allow"] == "GET, HEAD")
                #expect(try await RawHTTP.send(port: port, method, "/ui/b.css").status == 404, "\(method)")
            }
        }
    }

    @Test(arguments: ["/ui/a.css/", "//ui/a.css", "/ui//a.css", "/ui/a.css?v=1"])
    func slashesTooManyChangeNothing(path: String) async throws {
        try await with(["index.html": "x", "ui/a.css": "p {}"]) { port, _ async throws in
            #expect(try await RawHTTP.send(port: port, "GET", path).text == "p {}")
        }
    }

    // MARK: Versions

    /// Where the versions of these files are, as the page names them.
    private static func folder(of page: String) throws -> String {
        let match = try #require(page.firstMatch(of: /"(\/~[0-9a-f]{16}\/)/))
        return String(match.output.1)
    }

    @Test func whatAPageLoadsIsKeptForEver() async throws {
        let files = [
            "index.html": #"<link rel="stylesheet" href="/ui/a.css">"#, "ui/a.css": "p {}", "ui/b.css": "q {}",
        ]
        try await with(files) { port, _ async throws in
            let folder = try Self.folder(of: try await RawHTTP.send(port: port, "GET", "/").text)
            for (name, text) in [("ui/a.css", "p {}"), ("ui/b.css", "q {}")] {
                let answer = try await RawHTTP.send(port: port, "GET", folder + name)
                #expect(answer.status == 200)
                #expect(answer.text == text)
                #expect(answer.headers["cache-control"] == "public, max-age=31536000, immutable")
            }
            #expect(try await RawHTTP.send(port: port, "GET", "/~0123456789abcdef/ui/a.css").status == 404)
            #expect(try await RawHTTP.send(port: port, "GET", "\(folder)index.html").status == 404)
        }
    }

    @Test func anotherFileIsAnotherVersion() async throws {
        var folders: Set<String> = []
        let page = ["index.html": #"<link rel="stylesheet" href="/a.css">"#, "a.css": "p {}"]
        for extra in [[:], [:], ["b.css": ""], ["c.css": ""], ["b.css": "q {}"]] as [[String: String]] {
            try await with(page.merging(extra) { $1 }) { port, _ async throws in
                folders.insert(try Self.folder(of: try await RawHTTP.send(port: port, "GET", "/").text))
            }
        }
        #expect(folders.count == 4)
    }

    @Test func whatOthersEmbedLeadsToTheVersionOfToday() async throws {
        let files = ["index.html": "x", "widget.js": "import \"./ui/a.js\";\n", "ui/a.js": "export {};"]
        try await with(files) { port, _ async throws in
            let door = try await RawHTTP.send(port: port, "GET", "/widget.js")
            #expect(door.headers["cache-control"] == "no-cache")
            let name = try #require(door.text.firstMatch(of: /^import "\.(\/~[0-9a-f]{16}\/widget\.js)";\n$/))
            #expect(try await RawHTTP.send(port: port, "GET", String(name.output.1)).text == files["widget.js"])
        }
    }

    @Test func thePolicyNamesTheOnlyScriptInThePage() async throws {
        let files = [
            "a.html": #"<head><script type="module" src="/b/a.js"></script></head>"#, "b/a.js": "import(\"./c.js\");",
            "b/c.js": "export {};", "d.html": #"<head><script type="module" src="/b/c.js"></script></head>"#,
        ]
        try await with(files) { port, _ async throws in
            let page = try await RawHTTP.send(port: port, "GET", "/a")
            let script = try #require(page.text.firstMatch(of: /<script type="importmap">(.+?)<\/script>/)).output.1
            let digest = FileDigest(of: Array(script.utf8)).integrity
            let policy = try #require(page.headers["content-security-policy"])
            #expect(policy.contains("; script-src 'self' '\(digest)'; "))
            let other = try await RawHTTP.send(port: port, "GET", "/d")
            #expect(other.headers["content-security-policy"]?.contains("; script-src 'self'; ") == true)
            #expect(!other.text.contains("importmap"))
        }
    }

    // MARK: Compression

    @Test func wordsAreSentAsGzipToWhoeverTakesIt() async throws {
        let long = String(repeating: "نص طويل ", count: 200)
        try await with(["index.html": long, "a.css": "p", "a.png": long]) { port, _ async throws in
            func get(_ path: String, _ headers: [String: String]) async throws -> RawHTTP.Answer {
                try await RawHTTP.send(port: port, "GET", path, headers)
            }
            let plain = try await get("/", [:])
            #expect(plain.headers["content-encoding"] == nil)
            #expect(plain.headers["vary"] == "Accept-Encoding")
            let packed = try await get("/", ["Accept-Encoding": "br, gzip"])
            #expect(packed.headers["content-encoding"] == "gzip")
            #expect(packed.headers["vary"] == "Accept-Encoding")
            #expect(packed.headers["etag"] != plain.headers["etag"])
            let size = try #require(packed.headers["content-length"].flatMap { Int($0) })
            #expect(size < long.utf8.count / 10)
            let tag = try #require(packed.headers["etag"])
            let held = try await get("/", ["Accept-Encoding": "gzip", "If-None-Match": tag])
            #expect(held.status == 304)
            #expect(held.headers["content-encoding"] == nil)
            #expect(try await get("/", ["If-None-Match": tag]).status == 200, "it has another form of the page")
            for path in ["/a.css", "/a.png"] {
                let answer = try await get(path, ["Accept-Encoding": "gzip"])
                #expect(answer.headers["content-encoding"] == nil, "\(path) would not be smaller, or is no text")
                #expect(answer.headers["vary"] == nil)
            }
        }
    }

    // MARK: Starts

    @Test(arguments: [
        ([:], HubError.Code.notFound), (["notes.md": "x"], .notFound), (["a b.js": "x"], .badRequest),
        (["{id}.js": "x"], .badRequest), (["صورة.png": "x"], .badRequest),
        (["a.html": "x", "a/index.html": "y"], .badRequest), (["a.js": "12345678901"], .tooLarge),
        (["a.js": "1234567890", "b.js": "1234567890", "c.js": "1"], .tooLarge),
        (["a.js": "import\"b\";"], .badRequest), (["a.js": "import('')"], .badRequest),
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
