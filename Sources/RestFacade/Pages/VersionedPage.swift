/// A page that names the version of all that it loads.
struct VersionedPage {
    let text: String
    /// Stands in the text; nil where nothing is loaded later.
    let importMap: ImportMap?

    /// Allows what stands in the page, and nothing else of that kind.
    var policy: PagePolicy { PagePolicy(naming: importMap?.digest) }
}
