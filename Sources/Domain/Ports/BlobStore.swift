/// The bytes of uploaded files, each content stored once under its digest.
///
/// Every method throws `HubError`: `unavailable` when the disk is full or away.
package protocol BlobStore: Sendable {
    /// Begins a blob, which exists once its writer has finished. More than `maxBytes` are `too_large`.
    func makeWriter(maxBytes: Int64) async throws -> any BlobWriter

    /// Opens a blob for reading; nil when there is none with this digest.
    func open(digest: String) async throws -> (any BlobReader)?

    /// Removes a blob, unless `isReferred` says that it is needed while the blob is out of reach. So who stores the
    /// same bytes meanwhile, refers to them and then finds them there can rely on them.
    ///
    /// When `isReferred` throws the blob stays out of reach until this is called again.
    func remove(digest: String, unless isReferred: @Sendable () async throws -> Bool) async throws
}

/// Takes the bytes of one blob in order. Dropped unfinished, it leaves nothing behind.
package protocol BlobWriter: Sendable {
    /// Returns when the bytes have been taken, so that a fast sender is held back.
    func write(_ bytes: [UInt8]) async throws

    /// Returns when the blob is durable.
    func finish() async throws -> BlobReceipt

    func discard() async
}

/// Reads a blob from any place.
package protocol BlobReader: Sendable {
    /// In bytes.
    var size: Int64 { get }

    /// At most `count` bytes from `offset` on; empty at the end.
    func read(at offset: Int64, count: Int) async throws -> [UInt8]

    func close() async
}

package struct BlobReceipt: Sendable, Equatable {
    /// SHA-256 of the bytes in lower-case hex.
    package let digest: String
    /// In bytes.
    package let size: Int64

    package init(digest: String, size: Int64) {
        self.digest = digest
        self.size = size
    }
}
