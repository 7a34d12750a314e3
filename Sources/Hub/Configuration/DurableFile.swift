import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files that are there whole or not at all, whatever happens.
enum DurableFile {
    /// Makes a file for its owner alone (0600), durably; false when there is one by this name already.
    ///
    /// The bytes are synced under another name and then linked to theirs, which the kernel does for one process
    /// only. Throws `POSIXError`.
    static func create(_ path: String, contents: [UInt8]) throws -> Bool {
        let draft = "\(path).\(UInt64.random(in: .min ... .max)).new"
        let file = try check(open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
        defer { unlink(draft) }
        do {
            defer { close(file) }
            try write(contents, to: file)
            try check(fsync(file))
        }
        guard link(draft, path) == 0 else {
            guard errno == EEXIST else { throw failure() }
            return false
        }
        try syncFolder(of: path)
        return true
    }

    /// Makes the folder's new name durable.
    private static func syncFolder(of path: String) throws {
        let folder = try check(open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC))
        defer { close(folder) }
        try check(fsync(folder))
    }

    private static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Self.systemWrite(file, $0) }
            if count < 0 {
                guard errno == EINTR else { throw failure() }
                continue
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func systemWrite(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, bytes.baseAddress, bytes.count)
        #elseif canImport(Musl)
            Musl.write(file, bytes.baseAddress, bytes.count)
        #else
            Darwin.write(file, bytes.baseAddress, bytes.count)
        #endif
    }

    @discardableResult
    private static func check(_ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw failure() }
        return result
    }

    private static func failure() -> POSIXError {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
