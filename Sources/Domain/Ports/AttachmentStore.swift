/// What is known of uploaded files; the bytes lie in a `BlobStore`.
package protocol AttachmentStore: Sendable {
    func add(_ attachment: Attachment) async throws

    func attachment(_ id: AttachmentID) async throws -> Attachment?
}
