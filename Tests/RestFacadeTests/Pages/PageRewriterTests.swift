import Testing

@testable import RestFacade

@Suite struct PageRewriterTests {
    private static func file(_ name: String, _ type: StaticType, _ text: String) -> SourceFile {
        SourceFile(name: name, type: type, bytes: Array(text.utf8))
    }

    private static let openLater = "import \"../ui/dom.js\";\nimport(\"./panel.js\");\n"

    private static func versioned(_ page: String) throws -> VersionedPage {
        let files = [
            file("staff/main.js", .js, "import \"../ui/dom.js\";\n"), file("ui/dom.js", .js, "export {};\n"),
            file("staff/open.js", .js, openLater), file("staff/panel.js", .js, "import \"./part.js\";\n"),
            file("staff/part.js", .js, "import \"../ui/dom.js\";\n"),
            file("ui/look.css", .css, "p {}"), file("mark.svg", .svg, "<svg/>"),
        ]
        let byName = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0) })
        let rewriter = PageRewriter(files: byName, graph: try ModuleGraph(files)) { "/~7/\($0.name)" }
        return rewriter.page(page)
    }

    private static func rewritten(_ page: String) throws -> String {
        let page = try versioned(page)
        #expect(page.importMap == nil, "nothing is loaded later")
        #expect(page.policy.text.contains("script-src 'self';"))
        return page.text
    }

    private static func digest(_ text: String) -> String { FileDigest(of: Array(text.utf8)).integrity }

    @Test func whatAPageLoadsIsNamedWithItsVersionAndDigest() throws {
        let page = """
            <head>
                <link rel="icon" href="/mark.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/ui/look.css">
                <script type="module" src="/staff/main.js" data-a="b"></script>
            </head>
            <body><img src="/mark.svg" alt=""></body>
            """
        let main = Self.digest("import \"../ui/dom.js\";\n")
        let dom = Self.digest("export {};\n")
        #expect(
            try Self.rewritten(page) == """
                <head>
                    <link rel="icon" href="/~7/mark.svg" type="image/svg+xml">
                    <link rel="stylesheet" href="/~7/ui/look.css" integrity="\(Self.digest("p {}"))">
                    <script type="module" src="/~7/staff/main.js" data-a="b" integrity="\(main)"></script>
                <link rel="modulepreload" href="/~7/ui/dom.js" integrity="\(dom)">
                </head>
                <body><img src="/~7/mark.svg" alt=""></body>
                """)
    }

    @Test func whatIsLoadedLaterIsVouchedForBeforeAnythingIsLoaded() throws {
        let page = try Self.versioned(
            """
            <head>
                <link rel="stylesheet" href="/ui/look.css">
                <script type="module" src="/staff/open.js"></script>
            </head>
            """)
        let map = #"""
            {"integrity":{"/~7/staff/panel.js":"\#(Self.digest("import \"./part.js\";\n"))",\#
            "/~7/staff/part.js":"\#(Self.digest("import \"../ui/dom.js\";\n"))"}}
            """#
        #expect(
            page.text == """
                <head>
                    <link rel="stylesheet" href="/~7/ui/look.css" integrity="\(Self.digest("p {}"))">
                    <script type="importmap">\(map)</script>
                <script type="module" src="/~7/staff/open.js" integrity="\(Self.digest(Self.openLater))"></script>
                <link rel="modulepreload" href="/~7/ui/dom.js" integrity="\(Self.digest("export {};\n"))">
                </head>
                """)
        #expect(page.importMap?.text == map)
        #expect(
            page.policy.text.contains("script-src 'self' '\(Self.digest(map))';"), "the policy allows this one script")
    }

    @Test(arguments: [
        #"<a href="/staff">Staff</a>"#, #"<a href="/ui/look.css">A link is no load.</a>"#,
        #"<script type="module" src="/widget.js"></script>"#,
        #"<script src="https://else.example/ui/dom.js"></script>"#,
        #"<img alt="no address">"#, #"<p data-src="/ui/dom.js">"#, "",
    ])
    func allElseStaysAsItIs(page: String) throws {
        #expect(try Self.rewritten(page) == page)
    }

    /// SHA-256 of nothing (NIST's example).
    @Test func digestsAreThoseOfBrowsers() {
        #expect(Self.digest("") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(FileDigest(of: [UInt8]()).short == "e3b0c44298fc1c14")
    }
}
