/// Looks at the names of the first entries of a zip, which tell what it is for.
struct ZipPeek {
    private static let localHeader: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let maxEntries = 64

    /// Nil for an archive that is a program.
    let type: MediaType?

    /// - Parameter bytes: The beginning of the file.
    init(_ bytes: [UInt8]) {
        let names = Self.names(in: bytes)
        if names.contains(where: Self.isProgram) {
            type = nil
        } else if !names.contains(where: { $0 == "[Content_Types].xml" }) {
            type = .zip
        } else if names.contains(where: { $0.hasPrefix("word/") }) {
            type = .docx
        } else if names.contains(where: { $0.hasPrefix("xl/") }) {
            type = .xlsx
        } else if names.contains(where: { $0.hasPrefix("ppt/") }) {
            type = .pptx
        } else {
            type = .zip
        }
    }

    /// Java and Android packages, and office documents with macros.
    private static func isProgram(_ name: String) -> Bool {
        name == "AndroidManifest.xml" || name == "classes.dex" || name == "META-INF/MANIFEST.MF"
            || name.hasSuffix("vbaProject.bin")
    }

    /// The names in the local headers (APPNOTE.TXT §4.3.7). Sizes may follow the data, so headers are searched for.
    private static func names(in bytes: [UInt8]) -> [String] {
        var names: [String] = []
        var start = 0
        while names.count < maxEntries, let header = bytes.firstRange(of: localHeader, from: start)?.lowerBound,
            header + 30 <= bytes.count
        {
            let length = bytes.littleEndian16(at: header + 26)
            names.append(bytes.text(at: header + 30, count: length))
            start = header + 30
        }
        return names
    }
}
