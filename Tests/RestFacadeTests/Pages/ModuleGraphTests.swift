import Domain
import Testing

@testable import RestFacade

@Suite struct ModuleGraphTests {
    private static func file(_ name: String, imports: String...) -> SourceFile {
        let text = imports.map { "import \"\($0)\";\n" }.joined()
        return SourceFile(name: name, type: .js, bytes: Array(text.utf8))
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
    }

    @Test func whatIsNotThereIsNamed() {
        let error = #expect(throws: HubError.self) {
            try ModuleGraph([Self.file("staff/main.js", imports: "./gone.js")])
        }
        #expect(error?.message.contains("staff/main.js") == true)
        #expect(error?.message.contains("staff/gone.js") == true)
    }

    @Test(arguments: [
        ("./b.js", "a.js", "b.js"), ("./b.js", "x/a.js", "x/b.js"), ("../b.js", "x/y/a.js", "x/b.js"),
        ("../../z/b.js", "x/y/a.js", "z/b.js"), ("../../../b.js", "x/a.js", "b.js"),
    ])
    func namesAreRelativeToTheModule(specifier: String, importer: String, name: String) {
        #expect(ModuleGraph.name(of: specifier, importedBy: importer) == name)
    }
}
