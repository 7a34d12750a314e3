package import Domain
package import Hummingbird

/// Uploads, and the links to what was uploaded.
package struct AttachmentRoutes: Sendable {
    private let upload: UploadRoute
    private let download: DownloadRoute

    /// - Parameter principal: Who a request speaks for; throws `unauthorized`.
    package init(
        attachments: any AttachmentStore,
        blobs: any BlobStore,
        principal: @escaping @Sendable (Request) async throws -> Principal,
        limits: AttachmentLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        upload = UploadRoute(
            attachments: attachments,
            blobs: blobs,
            principal: principal,
            limits: limits,
            slots: UploadSlots(maxTotal: limits.maxUploads, maxPerPerson: limits.maxUploadsPerPerson),
            now: now
        )
        download = DownloadRoute(attachments: attachments, blobs: blobs)
    }

    package func add(to router: Router<RestContext>) {
        let group = router.group("/api/v1/attachments")
        group.post { try await upload.answer($0, $1) }
        group.get(":id/:name") { try await download.answer($0, $1) }
        group.head(":id/:name") { try await download.answer($0, $1) }
    }
}
