import Testing

@testable import RestFacade

@Suite struct ModuleHeadTests {
    @Test func importsAreFoundBelowAComment() {
        let text = """
            /**
             * What it is for: import { nothing } from "./nothing.js";
             */
            import { a } from "./a.js";
            import b from "../b.js"; // The rest of the line.
            import {
                c,
                d,
            } from "./parts/c.js";
            /* In between. */
            export * from "./all.js";
            export { e } from "./e.js";
            import "./side.js";

            const late = () => import("./late.js");
            """
        let expected = ["./a.js", "../b.js", "./parts/c.js", "./all.js", "./e.js", "./side.js"]
        #expect(ModuleHead(of: text).imports == expected)
    }

    @Test(arguments: [
        "", "\n\n", "// nothing", "/* not closed", "const a = 1;", "export const a = \"./a.js\";", "import",
        "import { a } from \"./a.js\"", "export { a };", "importMap(\"./a.js\");", "import(\"./a.js\");",
    ])
    func allElseImportsNothing(text: String) {
        #expect(ModuleHead(of: text).imports == [])
    }
}
