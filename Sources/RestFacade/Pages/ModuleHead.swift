/// What a module imports at its head, before anything else of it runs.
///
/// Imports stand first in our modules, below a comment. One that stands further down is loaded all the same, only later.
struct ModuleHead {
    /// As the module names them, e.g. `./dom.js`, in their order.
    let imports: [String]

    init(of text: String) {
        var imports: [String] = []
        var rest = Substring(text)
        while let statement = Self.nextImport(in: &rest) {
            if let name = Self.quoted(in: statement) { imports.append(name) }
        }
        self.imports = imports
    }

    /// Takes the next statement off `rest` when it imports; nil ends the head.
    private static func nextImport(in rest: inout Substring) -> Substring? {
        rest = withoutComments(rest)
        let isImport = rest.hasPrefix("import ") || rest.hasPrefix("import{") || rest.hasPrefix("import\"")
        let isExport = rest.hasPrefix("export * ") || rest.hasPrefix("export { ")
        guard isImport || isExport, let end = rest.firstIndex(of: ";") else { return nil }
        let statement = rest[..<end]
        // `export { a };` names what is in the module itself, and is passed over.
        rest = rest[rest.index(after: end)...]
        return statement
    }

    private static func withoutComments(_ text: Substring) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while rest.hasPrefix("//") || rest.hasPrefix("/*") {
            if rest.hasPrefix("//") {
                rest = rest.drop { !$0.isNewline }
            } else {
                guard let end = rest.firstRange(of: "*/") else { return "" }
                rest = rest[end.upperBound...]
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        return rest
    }

    /// What stands between the first two quotation marks.
    private static func quoted(in statement: Substring) -> String? {
        let parts = statement.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }
}
