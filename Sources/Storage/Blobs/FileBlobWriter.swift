import Crypto
import Domain

/// Writes one blob, on the thread of its store.
actor FileBlobWriter: BlobWriter {
    private let layout: BlobLayout
    private let thread: DedicatedThread
    private let maxBytes: Int64
    private let path: String
    private var file: BlobFile?
    private var hash = SHA256()
    private var size: Int64 = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ layout: BlobLayout, _ thread: DedicatedThread, maxBytes: Int64) {
        self.layout = layout
        self.thread = thread
        self.maxBytes = maxBytes
        path = "\(layout.temporary)/\(AttachmentID.unguessable())"
    }

    deinit {
        if file != nil { BlobFile.remove(path) }
    }

    func open() throws(HubError) {
        file = try .making(path)
    }

    func write(_ bytes: [UInt8]) throws(HubError) {
        guard file != nil else { throw Self.ended }
        guard Int64(bytes.count) <= maxBytes - size else {
            discard()
            throw HubError(.tooLarge, "the file is larger than \(maxBytes) bytes")
        }
        do {
            try file?.write(bytes)
        } catch {
            discard()
            throw error
        }
        hash.update(data: bytes)
        size += Int64(bytes.count)
    }

    func finish() throws(HubError) -> BlobReceipt {
        guard file != nil else { throw Self.ended }
        let digest = HexDigest.text(of: hash.finalize())
        do {
            try file?.sync()
            try keep(as: digest)
        } catch {
            discard()
            throw error
        }
        file = nil
        return BlobReceipt(digest: digest, size: size)
    }

    func discard() {
        guard file != nil else { return }
        file = nil
        BlobFile.remove(path)
    }

    /// A blob of the same digest has the same bytes, so replacing it changes nothing.
    private func keep(as digest: String) throws(HubError) {
        guard let directory = layout.directory(ofDigest: digest), let final = layout.path(ofDigest: digest) else {
            throw HubError(.internal, "A digest is malformed.")
        }
        if try BlobFile.makeDirectory(directory) { try BlobFile.syncDirectory(layout.directory) }
        try BlobFile.rename(path, to: final)
        try BlobFile.syncDirectory(directory)
    }

    private static let ended = HubError(.internal, "A blob was written to after its end.")
}
