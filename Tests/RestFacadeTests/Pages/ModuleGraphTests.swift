import Domain
import Testing

@testable import RestFacade

@Suite struct ModuleGraphTests {
    private static func file(_ name: String, imports: String..., later: [String] = []) -> SourceFile {
        let text = imports.map { "import \"\($0)\";\n" } + later.map { "go(() => import(\"\($0)\"));\n" }
        return SourceFile(name: name, type: .js, bytes: Array(text.joined().utf8))
    }

    @Test func whatIsNeededComesOnceAndNearestFirst() throws {
        let graph = try ModuleGraph([
            Self.file("staff/main.js", imports: "../ui/dom.js", "./console.js"),
            Self.file("staff/console.js", imports: "../ui/dom.js", "../sdk/hub.js"),
            Self.file("sdk/hub.js", imports: "./room.js"),
            Self.file("sdk/room.js", imports: "./hub.js"),
            Self.file("ui/dom.js"), Self.file("ui/unused.js"),
        ])
        #expect(graph.needed(by: ["staff/main.js"]) == ["ui/dom.js", "staff/console.js", "sdk/hub.js", "sdk/room.js"])
        #expect(graph.needed(by: ["sdk/hub.js", "ui/dom.js"]) == ["sdk/room.js"])
        #expect(graph.needed(by: []) == [])
        #expect(graph.loadedLater(by: ["staff/main.js"]) == [])
    }

    @Test func whatIsLoadedLaterComesWithAllThatItNeeds() throws {
        let graph = try ModuleGraph([
            Self.file("main.js", imports: "./dom.js", later: ["./deals.js", "./dom.js"]),
            Self.file("dom.js"),
            Self.file("deals.js", imports: "./dom.js", "./board.js", later: ["./words/ar.js", "./main.js"]),
            // A circle, through both kinds.
            Self.file("board.js", imports: "./cards.js", later: ["./deals.js"]),
            Self.file("cards.js", imports: "./board.js"),
            Self.file("words/ar.js", later: ["../orders.js"]), Self.file("orders.js"), Self.file("unused.js"),
        ])
        #expect(graph.needed(by: ["main.js"]) == ["dom.js"])
        let later = ["deals.js", "board.js", "words/ar.js", "cards.js", "orders.js"]
        #expect(graph.loadedLater(by: ["main.js"]) == later)
        #expect(graph.loadedLater(by: ["main.js", "orders.js", "deals.js"]) == ["words/ar.js"])
        #expect(graph.loadedLater(by: ["orders.js"]) == [])
        #expect(graph.loadedLater(by: []) == [])
    }

    @Test func whatIsNeededByItselfIsNotLater() throws {
        let graph = try ModuleGraph([
            Self.file("main.js", imports: "./a.js", later: ["./b.js"]), Self.file("a.js", imports: "./b.js"),
            Self.file("b.js"),
        ])
        #expect(graph.loadedLater(by: ["main.js"]) == [])
    }

    @Test func whatIsNotThereIsNamed() {
        let error = #expect(throws: HubError.self) {
            try ModuleGraph([Self.file("staff/main.js", imports: "./gone.js")])
        }
        #expect(error?.message.contains("staff/main.js") == true)
        #expect(error?.message.contains("staff/gone.js") == true)
    }

    @Test func whatWouldNotBeThereLaterIsNamed() {
        let error = #expect(throws: HubError.self) {
            try ModuleGraph([Self.file("staff/main.js", later: ["../panel/gone.js"])])
        }
        #expect(error?.message.contains("staff/main.js") == true)
        #expect(error?.message.contains("panel/gone.js") == true)
    }

    @Test func whatCannotBeKnownBeforeItRunsIsRefused() {
        let text = "const words = (lang) => import(`./${lang}.js`);"
        let error = #expect(throws: HubError.self) {
            try ModuleGraph([SourceFile(name: "ui/words.js", type: .js, bytes: Array(text.utf8))])
        }
        #expect(error?.message.contains("ui/words.js") == true)
    }

    @Test(arguments: [
        ("./b.js", "a.js", "b.js"), ("./b.js", "x/a.js", "x/b.js"), ("../b.js", "x/y/a.js", "x/b.js"),
        ("../../z/b.js", "x/y/a.js", "z/b.js"), ("../../../b.js", "x/a.js", "b.js"),
    ])
    func namesAreRelativeToTheModule(specifier: String, importer: String, name: String) {
        #expect(ModuleGraph.name(of: specifier, importedBy: importer) == name)
    }
}
