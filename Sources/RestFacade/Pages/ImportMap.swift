import Domain

/// The digests of what a page's modules load later, where the browser looks them up (HTML, section 8.1.6.3).
///
/// No tag names these modules, so none can carry their `integrity`.
struct ImportMap {
    /// JSON, the same for the same files in whatever order: every hub of one build makes the same page.
    let text: String

    init(_ files: [SourceFile], address: (SourceFile) -> String) {
        let digests = files.map { (address($0), JSONValue.string($0.digest.integrity)) }
        let map = JSONValue.object(["integrity": .object(Dictionary(uniqueKeysWithValues: digests))])
        // Nothing in it may end the element that it stands in, nor begin a comment there.
        text = map.text.replacing("<", with: "\\u003c")
    }

    /// It stands in the page itself: a map cannot be loaded from an address.
    var tag: String { "<script type=\"importmap\">\(text)</script>" }

    /// What a policy calls it by.
    var digest: FileDigest { FileDigest(of: Array(text.utf8)) }
}
