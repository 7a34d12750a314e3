package import Domain
import Glibc

/// Blobs as files, `ab/cdef…` below a directory, named by their digest.
///
/// A blob is written to a file of its own below `tmp`, synced, renamed to its name, and its directory synced: it is
/// whole or not there. All file work happens on one thread of the store's own, in the order of the calls.
package struct FileBlobStore: BlobStore {
    /// Unfinished files older than this were left by a crash.
    private static let leftoverAge = Duration.seconds(24 * 3600)

    private let layout: BlobLayout
    private let thread: DedicatedThread

    /// Makes the directory below an existing one, and removes what crashes left in it. Throws `unavailable` when it
    /// cannot be made.
    package init(directory: String) async throws {
        layout = BlobLayout(directory: directory)
        thread = DedicatedThread(name: "hub.blobs")
        try await FileBlobHousekeeper(layout, thread).prepare(removingOlderThan: Self.leftoverAge)
    }

    package func makeWriter(maxBytes: Int64) async throws -> any BlobWriter {
        let writer = FileBlobWriter(layout, thread, maxBytes: maxBytes)
        try await writer.open()
        return writer
    }

    package func open(digest: String) async throws -> (any BlobReader)? {
        guard let path = layout.path(ofDigest: digest) else { return nil }
        return try await FileBlobReader.open(path, thread)
    }

    package func remove(digest: String, unless isReferred: @Sendable () async throws -> Bool) async throws {
        guard let path = layout.path(ofDigest: digest) else { return }
        let remover = FileBlobRemover(path, thread)
        try await remover.setAside()
        if try await isReferred() {
            try await remover.putBack()
        } else {
            await remover.remove()
        }
    }
}
