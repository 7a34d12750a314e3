import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder that holds what the hub keeps on disk.
struct DataDirectory {
    let path: String

    /// Makes the folder for its owner alone (0700); one that exists is left as it is.
    ///
    /// Throws `ConfigurationError` when that cannot be, or nothing can be written there.
    func prepare() throws(ConfigurationError) {
        // Whatever is made in it later is its owner's alone, even when the folder is open to others.
        umask(0o077)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw problem("is no folder") }
        } else {
            do {
                try FileManager.default.createDirectory(
                    atPath: path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            } catch {
                throw problem("cannot be made")
            }
        }
        guard FileManager.default.isWritableFile(atPath: path) else { throw problem("is not writable by this user") }
    }

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Bytes that may still be written to its disk; nil when that cannot be told.
    var freeBytes: Int64? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.int64Value
    }

    private func problem(_ text: String) -> ConfigurationError {
        ConfigurationError(
            name: Settings.dataDirectory.name,
            problem: "\"\(path)\" \(text)",
            accepted: "\(Settings.dataDirectory.accepted) that this user may write to"
        )
    }
}
