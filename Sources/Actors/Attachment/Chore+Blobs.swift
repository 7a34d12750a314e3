package import Domain

extension Chore {
    /// Removes the bytes of files that were erased, unless another file has the same.
    package static func removeErasedBlobs(
        _ attachments: any AttachmentStore,
        _ blobs: any BlobStore,
        every pause: Duration = .seconds(2)
    ) -> Chore {
        Chore("remove erased files", every: pause) {
            let erased = try await attachments.erasedBlobs(limit: blobsAtOnce)
            for blob in erased {
                // What another file has is not put out of reach for nothing.
                if try await !attachments.isReferred(digest: blob.digest) {
                    try await blobs.remove(digest: blob.digest) {
                        try await attachments.isReferred(digest: blob.digest)
                    }
                }
                try await attachments.settle(blob)
            }
            return erased.count == blobsAtOnce
        }
    }

    private static let blobsAtOnce = 100
}
