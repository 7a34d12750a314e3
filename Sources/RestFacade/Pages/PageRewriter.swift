/// Makes a page name the version of all that it loads.
///
/// Scripts, styles and pictures get addresses that are kept for ever, and the digest that the browser compares. What
/// its modules import is named as well, so that all is asked for at once instead of one depth after the other. The
/// digests of what they load later stand in an import map.
struct PageRewriter {
    let files: [String: SourceFile]
    let graph: ModuleGraph
    /// Where a file stands for good.
    let address: @Sendable (SourceFile) -> String

    func page(_ text: String) -> VersionedPage {
        var modules: [String] = []
        var page = text.replacing(/<(script|link|img)\s[^>]*>/) { match in
            tag(match.output.0, kind: match.output.1, &modules)
        }
        let preloads = graph.needed(by: modules).compactMap { files[$0] }.map { file in
            "<link rel=\"modulepreload\" href=\"\(address(file))\" integrity=\"\(file.digest.integrity)\">\n"
        }
        if let end = page.firstRange(of: "</head>") {
            page.insert(contentsOf: preloads.joined(), at: end.lowerBound)
        }
        let later = graph.loadedLater(by: modules).compactMap { files[$0] }
        guard !later.isEmpty, let first = page.firstRange(of: /<script\s|<link\s+rel="modulepreload"/) else {
            return VersionedPage(text: page, importMap: nil)
        }
        // Browsers of today want it before any module is asked for.
        let map = ImportMap(later, address: address)
        page.insert(contentsOf: map.tag + "\n", at: first.lowerBound)
        return VersionedPage(text: page, importMap: map)
    }

    /// A tag with the addresses of this version. Modules that it starts are added to `modules`.
    private func tag(_ tag: Substring, kind: Substring, _ modules: inout [String]) -> String {
        guard let match = tag.firstMatch(of: /\s(?:src|href)="\/([^"?#]+)"/), let file = files[String(match.output.1)]
        else { return String(tag) }
        if file.type.isModule { modules.append(file.name) }
        var tag = tag.replacing("\"/\(file.name)\"", with: "\"\(address(file))\"")
        if kind == "script" || file.type == .css {
            tag.insert(contentsOf: " integrity=\"\(file.digest.integrity)\"", at: tag.index(before: tag.endIndex))
        }
        return String(tag)
    }
}
