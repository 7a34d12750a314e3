import Domain
import Foundation

/// Reads the folder of the pages, once.
struct StaticFolder {
    let directory: String
    let limits: StaticLimits

    /// Every file of a known type, sorted by its path. Throws `HubError` that says which file is in the way.
    ///
    /// Names with a leading dot, links and files of other types are passed over.
    func files() throws(HubError) -> [SourceFile] {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .notFound("There is no folder \(directory) with the web pages. Start the hub where it is.")
        }
        var files: [SourceFile] = []
        var totalBytes = 0
        try read("", into: &files, &totalBytes)
        guard !files.isEmpty else { throw .notFound("The folder \(directory) holds no web pages.") }
        files.sort { $0.path < $1.path }
        for (file, next) in zip(files, files.dropFirst()) where file.path == next.path {
            throw .badRequest("Two files in \(directory) want the address \(file.path). Remove one.")
        }
        return files
    }

    private func read(_ folder: String, into files: inout [SourceFile], _ totalBytes: inout Int) throws(HubError) {
        for entry in try entries(of: folder) where !entry.hasPrefix(".") {
            let name = folder + entry
            switch try kind(of: name) {
            case .typeDirectory:
                try read(name + "/", into: &files, &totalBytes)
            case .typeRegular:
                guard let type = StaticType(rawValue: Self.ending(of: entry)) else { continue }
                guard name.utf8.allSatisfy(Self.isPlain) else {
                    throw .badRequest("\(directory)/\(name): rename it with a-z, A-Z, 0-9, '.', '_' and '-' only.")
                }
                let bytes = try bytes(of: name)
                totalBytes += bytes.count
                guard totalBytes <= limits.maxTotalBytes else {
                    throw HubError(.tooLarge, "\(directory) holds more than \(limits.maxTotalBytes) bytes of pages.")
                }
                files.append(SourceFile(name: name, type: type, bytes: bytes))
            default:
                continue
            }
        }
    }

    private func entries(of folder: String) throws(HubError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(folder)")
        } catch {
            throw unreadable(folder)
        }
    }

    /// Of the entry itself: a link is a link, wherever it points.
    private func kind(of name: String) throws(HubError) -> FileAttributeType {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
            return attributes[.type] as? FileAttributeType ?? .typeUnknown
        } catch {
            throw unreadable(name)
        }
    }

    private func bytes(of name: String) throws(HubError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else { throw unreadable(name) }
        guard data.count <= limits.maxFileBytes else {
            throw HubError(.tooLarge, "\(directory)/\(name) is larger than \(limits.maxFileBytes) bytes.")
        }
        return Array(data)
    }

    private func unreadable(_ name: String) -> HubError {
        HubError(.unavailable, "\(directory)/\(name) cannot be read. Check who owns it and its permissions.")
    }

    private static func ending(of entry: String) -> String {
        entry.lastIndex(of: ".").map { String(entry[entry.index(after: $0)...]) } ?? ""
    }

    /// No byte that an address would have to escape or that a router takes for a pattern.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
