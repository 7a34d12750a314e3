import Domain
import Glibc

/// An open file; closed with this value. Its calls block.
struct BlobFile: ~Copyable {
    private let descriptor: Int32

    /// Opens for reading; nil when there is no such file.
    static func reading(_ path: String) throws(HubError) -> BlobFile? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 || errno != ENOENT else { return nil }
        return BlobFile(descriptor: try Self.checked(descriptor))
    }

    /// Makes a file that must not be there yet; only its owner may read it.
    static func making(_ path: String) throws(HubError) -> BlobFile {
        BlobFile(descriptor: try Self.checked(Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)))
    }

    deinit {
        // Nothing is lost when this fails: what matters was synced before.
        _ = Glibc.close(descriptor)
    }

    func size() throws(HubError) -> Int64 {
        var status = stat()
        _ = try Self.checked(fstat(descriptor, &status))
        return Int64(status.st_size)
    }

    func write(_ bytes: [UInt8]) throws(HubError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            written += Int(try Self.checked(Int32(clamping: count)))
        }
    }

    func read(at offset: Int64, count: Int) throws(HubError) -> [UInt8] {
        var failure: HubError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let place = off_t(offset) + off_t(filled)
                let read = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, place)
                if read < 0, errno == EINTR { continue }
                if read < 0 { failure = Self.failure(errno) }
                guard read > 0 else { return }
                filled += read
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func sync() throws(HubError) {
        _ = try Self.checked(fsync(descriptor))
    }

    // MARK: Paths

    /// Makes a directory unless it is there; says whether it was made.
    static func makeDirectory(_ path: String) throws(HubError) -> Bool {
        if mkdir(path, 0o700) == 0 { return true }
        guard errno == EEXIST else { throw failure(errno) }
        return false
    }

    /// Makes the entries of a directory durable.
    static func syncDirectory(_ path: String) throws(HubError) {
        guard let directory = try reading(path) else { throw failure(ENOENT) }
        try directory.sync()
    }

    static func rename(_ old: String, to new: String) throws(HubError) {
        _ = try checked(Glibc.rename(old, new))
    }

    /// Says whether there was such a file.
    static func renameIfThere(_ old: String, to new: String) throws(HubError) -> Bool {
        if Glibc.rename(old, new) == 0 { return true }
        guard errno == ENOENT else { throw failure(errno) }
        return false
    }

    /// Removes a file; one that is not there is removed already.
    static func remove(_ path: String) {
        _ = unlink(path)
    }

    private static func checked(_ result: Int32) throws(HubError) -> Int32 {
        guard result >= 0 else { throw failure(errno) }
        return result
    }

    private static func failure(_ code: Int32) -> HubError {
        let reason =
            switch code {
            case ENOSPC, EDQUOT: "the disk is full"
            case EACCES, EPERM, EROFS: "the directory may not be written"
            default: "system error \(code)"
            }
        return HubError(.unavailable, "Files cannot be stored or read: \(reason).", retryAfter: .seconds(5))
    }
}
