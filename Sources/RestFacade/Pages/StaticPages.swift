package import Domain
package import Hummingbird

/// The pages of the hub and all that they load, read into memory once.
///
/// A request names one of these files exactly, or none.
///
/// Pages are asked for each time. What they load stands below a version, which is made from all files: a browser keeps
/// it for ever, and never mixes two hubs' modules. Every file also has an address that stays, for those who embed it.
package struct StaticPages: Sendable {
    /// By their addresses.
    private let files: [String: StaticFile]

    /// Throws `HubError` when the folder is missing, holds no page, or a file cannot be served as it is.
    package init(directory: String, limits: StaticLimits = StaticLimits()) throws(HubError) {
        let sources = try StaticFolder(directory: directory, limits: limits).files()
        let version = Self.version(of: sources)
        let address = { @Sendable (source: SourceFile) in "/~\(version)/\(source.name)" }
        let embedded = sources.filter(Self.isEmbedded)
        let rewriter = PageRewriter(
            files: Dictionary(uniqueKeysWithValues: sources.filter { !Self.isEmbedded($0) }.map { ($0.name, $0) }),
            graph: try ModuleGraph(sources), address: address)
        let all =
            sources.filter { !$0.type.isPage }.map { StaticFile($0, at: address($0), .kept) }
            + sources.filter { !$0.type.isPage && !Self.isEmbedded($0) }.map { StaticFile($0) }
            + sources.filter(\.type.isPage).map { source in
                let page = rewriter.page(source.text)
                let file = SourceFile(name: source.name, type: source.type, bytes: Array(page.text.utf8))
                return StaticFile(file, policy: page.policy)
            }
            + embedded.map { module in
                let text = "import \".\(address(module))\";\n"
                return StaticFile(SourceFile(name: module.name, type: module.type, bytes: Array(text.utf8)))
            }
        files = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
    }

    /// A module beside the pages is for the pages of others. They name it once and for all, so what stands at that
    /// address only leads to the version of today.
    private static func isEmbedded(_ source: SourceFile) -> Bool {
        source.type.isModule && !source.name.contains("/")
    }

    private static func version(of sources: [SourceFile]) -> String {
        FileDigest(of: Array(sources.map { "\($0.name) \($0.digest.integrity)\n" }.joined().utf8)).short
    }

    /// To be called after the routes: what one of them takes is not looked up here.
    package func add(to router: Router<RestContext>) {
        router.add(middleware: StaticFilesMiddleware(files: files))
    }
}
