import Testing

@testable import RestFacade

@Suite struct LaterImportsTests {
    @Test func importsAreFoundWhereverTheyStand() {
        let text = """
            import { h } from "./head.js";
            const sections = [{ id: "a", load: () => import("./a.js") }, { load: () => import('./b.js') }];
            async function open(isLong) {
                const found = isLong ? await import("../c.js") : await import (
                    "./d.js" );
                return `${(await import("./e.js")).words}`;
            }
            export const f = x / 2 / import("./f.js");import("./g.js")
            """
        let later = LaterImports(of: text)
        #expect(later.names == ["./a.js", "./b.js", "../c.js", "./d.js", "./e.js", "./f.js", "./g.js"])
        #expect(!later.hasUnnamed)
    }

    @Test(arguments: ["import('./a.js')", "import\n('./a.js')", "f(import\t(  './a.js'\n))"])
    func oneIsFoundHoweverItIsWritten(text: String) {
        #expect(LaterImports(of: text).names == ["./a.js"])
    }

    /// Whoever reads a module by its quotes and comments can be confused by them; this cannot.
    @Test(arguments: [
        "// \"", "/* not closed", "const a = 'not closed", "at(/[\"'`/]/);", "const a = `", "const a = \"نص\";",
    ])
    func nothingHidesAnother(text: String) {
        let later = LaterImports(of: "\(text)\nimport(\"./last.js\");")
        #expect(later.names == ["./last.js"])
        #expect(!later.hasUnnamed)
    }

    @Test func oneInACommentOrAStringCounts() {
        #expect(LaterImports(of: "/** @param {import(\"./a.js\").A} a */").names == ["./a.js"])
        #expect(LaterImports(of: "const text = `import('./a.js')`;").names == ["./a.js"])
    }

    @Test(arguments: [
        "", "import \"./a.js\";", "import { a } from \"./a.js\";", "file.import(\"./a.js\");", "reimport(\"./a.js\");",
        "this.#import(\"./a.js\");", "importMap(\"./a.js\");", "$import(name)", "import.meta.url;", "export { a };",
    ])
    func allElseLoadsNothing(text: String) {
        // The first words keep what only looks like an import from being the only one.
        let later = LaterImports(of: "import(\"./first.js\");\n" + text)
        #expect(later.names == ["./first.js"])
        #expect(!later.hasUnnamed)
    }

    @Test(arguments: [
        "import(name)", "import(`./${lang}.js`)", "import(\"./\" + name)", "import (base)", "import()", "import(",
        "import(\"./a.js\", { with: { type: \"json\" } })",
    ])
    func aNameThatIsMadeLaterIsNoName(text: String) {
        let later = LaterImports(of: "const a = await \(text);")
        #expect(later.names == [])
        #expect(later.hasUnnamed)
    }
}
