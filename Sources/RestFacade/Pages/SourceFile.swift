import NIOCore

/// One file of the folder of the pages, as it was at the start, in the forms in which it is sent.
struct SourceFile: Sendable {
    /// Below the folder, with `/` between its parts.
    let name: String
    let type: StaticType
    let digest: FileDigest
    let plain: ByteBuffer
    /// Where that is smaller.
    let gzip: ByteBuffer?

    init(name: String, type: StaticType, bytes: [UInt8]) {
        self.name = name
        self.type = type
        digest = FileDigest(of: bytes)
        plain = ByteBuffer(bytes: bytes)
        gzip = type.isText ? Gzip.compressed(bytes).map(ByteBuffer.init(bytes:)) : nil
    }

    var text: String { String(buffer: plain) }

    /// The address that stays: a page at its name without the ending, `index.html` at its folder, all else at its name.
    var path: String {
        guard type.isPage else { return "/\(name)" }
        let page = name.dropLast(".html".count)
        if page == "index" { return "/" }
        return "/\(page.hasSuffix("/index") ? page.dropLast("/index".count) : page)"
    }
}
