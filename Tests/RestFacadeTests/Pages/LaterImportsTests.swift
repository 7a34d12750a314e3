import Testing

@testable import RestFacade

@Suite struct LaterImportsTests {
    @Test func importsAreFoundWhereverTheyStand() {
        let text = """
            import { h } from "./head.js";
            const sections = [{ id: "a", load: () => import("./a.js") }, { load: () => import('./b.js') }];
            async function open(isLong) {
                const found = isLong ? await import("../c.js") : await import( "./d.js" );
                return `${(await import("./e.js")).words[`${"}"}`]} and import("./words.js")`;
            }
            export const f = x / 2 / import("./f.js");
            """
        let later = LaterImports(of: text)
        #expect(later.names == ["./a.js", "./b.js", "../c.js", "./d.js", "./e.js", "./f.js"])
        #expect(!later.hasUnnamed)
    }

    @Test(arguments: [
        "", "import(", "// import(\"./a.js\")", "/* import(\"./a.js\") */",
        "/** @param {import(\"./a.js\").A} a */ f(a);",
        "/* not closed import(\"./a.js\")", "const text = 'import(\"./a.js\")';",
        "const text = \"\\\"import('./a.js')\";",
        "const text = `import(\"./a.js\")`;", "const text = `\\${import(\"./a.js\")}`;", "at(/import(\"a.js\")/);",
        "return /[/]import(\"a.js\")/;", "file.import(\"./a.js\");", "file . import(\"./a.js\");",
        "reimport(\"./a.js\");", "this.#import(\"./a.js\");", "importMap(\"./a.js\");",
        "import.meta.url; import { a };",
    ])
    func allElseLoadsNothing(text: String) {
        // The first words keep what only looks like an import from being the only one.
        let later = LaterImports(of: "import(\"./first.js\");\n" + text)
        #expect(later.names == ["./first.js"])
        #expect(later.hasUnnamed == (text == "import("))
    }

    /// What confuses for a moment must not hide what follows.
    @Test(arguments: [
        "at(/[\"'`/]/, /\\//, /[/*]/);", "const a = b / c; // \"", "const a = (b + c) / d; /* ' */",
        "const quote = '\\'';",
        "const address = \"https://hub.example/\";", "if (a) { b = 1; }", "}", "const a = `$ {` + `}`;",
        "const a = 'not closed",
        "return /\"/;", "const a = list[0] / 2 / \"3\";", "const a = `${`${{ b: 1 }.b}`}\"`;", "const a = \"نص\";",
    ])
    func whatFollowsIsStillFound(text: String) {
        let later = LaterImports(of: text + "\nimport(\"./last.js\");")
        #expect(later.names == ["./last.js"])
        #expect(!later.hasUnnamed)
    }

    @Test(arguments: ["import(name)", "import(`./${lang}.js`)", "import(\"./\" + name)", "import (base)", "import()"])
    func aNameThatIsMadeLaterIsNoName(text: String) {
        let later = LaterImports(of: "const a = await \(text);")
        #expect(later.names == [])
        #expect(later.hasUnnamed)
    }
}
