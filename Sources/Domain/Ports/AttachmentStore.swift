/// What is known of uploaded files; the bytes lie in a `BlobStore`.
package protocol AttachmentStore: Sendable {
    func add(_ attachment: Attachment) async throws

    func attachment(_ id: AttachmentID) async throws -> Attachment?

    // MARK: Erased files

    /// Blobs whose files were erased, in the order of their digests.
    func erasedBlobs(limit: Int) async throws -> [ErasedBlob]

    /// Whether a file has these bytes.
    func isReferred(digest: String) async throws -> Bool

    /// The blob was removed, or another file has it. Kept when another erasure has asked since.
    func settle(_ blob: ErasedBlob) async throws
}

extension AttachmentStore {
    /// What stands in a message for a file. Throws `not_found` unless its author has uploaded it.
    package func reference(
        _ id: AttachmentID,
        of author: Participant,
        caption: String?
    ) async throws -> FileReference {
        guard let attachment = try await attachment(id), attachment.uploader.isSamePerson(as: author) else {
            throw HubError.notFound("body.attachment is no file of yours: upload it first")
        }
        return attachment.reference(caption: caption)
    }
}

/// Bytes that an erasure wants removed, unless another file has the same.
package struct ErasedBlob: Sendable, Equatable {
    package let digest: String
    /// How often it was asked for.
    package let asks: Int64

    package init(digest: String, asks: Int64) {
        self.digest = digest
        self.asks = asks
    }
}
