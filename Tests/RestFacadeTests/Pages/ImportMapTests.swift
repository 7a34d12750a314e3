import Foundation
import Testing

@testable import RestFacade

@Suite struct ImportMapTests {
    private static func file(_ name: String) -> SourceFile {
        SourceFile(name: name, type: .js, bytes: Array("/* \(name) */".utf8))
    }

    private static func map(_ names: String...) -> ImportMap {
        ImportMap(names.map(file)) { "/~7/\($0.name)" }
    }

    @Test func eachModuleHasItsDigestWhateverTheirOrder() {
        let (a, b) = (Self.file("a.js").digest.integrity, Self.file("a/b.js").digest.integrity)
        let map = Self.map("a/b.js", "a.js")
        #expect(map.text == #"{"integrity":{"/~7/a.js":"\#(a)","/~7/a/b.js":"\#(b)"}}"#)
        #expect(map.text == Self.map("a.js", "a/b.js").text)
        #expect(map.tag == "<script type=\"importmap\">\(map.text)</script>")
        #expect(map.digest == FileDigest(of: Array(map.text.utf8)))
    }

    /// No file is called so; what vouches for pages does not rely on it.
    @Test(arguments: ["</script><script>", "<!--", "\"", "\\", "a\u{1}b\u{1F}", "ملف"])
    func noNameEndsTheScript(name: String) throws {
        let map = Self.map(name)
        #expect(!map.text.contains("<"))
        let parsed = try JSONDecoder().decode([String: [String: String]].self, from: Data(map.text.utf8))
        #expect(parsed == ["integrity": ["/~7/\(name)": Self.file(name).digest.integrity]])
    }
}
