/// What a module loads while it runs: each `import("…")` in its text.
///
/// One in a comment or a string counts as well: a digest too many does no harm, and one too few would.
struct LaterImports {
    /// As the module names them, e.g. `./panel.js`, in their order.
    let names: [String]
    /// Whether there is one whose name is made while the module runs, so that nobody can know it before.
    let hasUnnamed: Bool

    init(of text: String) {
        // Few modules have any, and to look at each closely would take longer than the rest of a start.
        let mayHave = text.contains(/import\s*\(/)
        let calls = mayHave ? text.matches(of: /(?:^|[^.#$\w])import\s*\(\s*(?:(["'])([^"'\n]*)\1\s*\))?/) : []
        names = calls.compactMap { $0.output.2.map(String.init) }
        hasUnnamed = names.count < calls.count
    }
}
