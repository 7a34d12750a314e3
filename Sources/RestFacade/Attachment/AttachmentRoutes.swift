package import Domain
import HTTPTypes

/// Uploads, and the links to what was uploaded.
package struct AttachmentRoutes: EndpointGroup {
    private let upload: UploadRoute
    private let download: DownloadRoute
    let store: any AttachmentStore

    package init(
        attachments: any AttachmentStore,
        blobs: any BlobStore,
        limits: AttachmentLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        store = attachments
        upload = UploadRoute(
            attachments: attachments,
            blobs: blobs,
            limits: limits,
            slots: UploadSlots(maxTotal: limits.maxUploads, maxPerPerson: limits.maxUploadsPerPerson),
            now: now
        )
        download = DownloadRoute(attachments: attachments, blobs: blobs)
    }

    let title = "Files"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/attachments", id: "uploadFile",
                summary: "Upload a file for a message; the body is its bytes.",
                access: .signedIn(.chat, upload.answer),
                query: [.init(name: "name", schema: .anyText, note: "What people called it.")],
                body: .stream(["application/octet-stream"]), isStrict: false,
                answers: [
                    .init(
                        status: .created, note: "It is there; `url` is its link.",
                        content: .json(AttachmentDescription.attachment), hasLocation: true),
                    .problem(.requestTimeout, "It took too long."),
                    .problem(.contentTooLarge, "It is too large."),
                    .problem(.unsupportedMediaType, "Its bytes are of no type that is taken."),
                ]),
            downloading(.get, "downloadFile", "The bytes of a file, or a range of them (RFC 9110 section 14)."),
            downloading(.head, "inspectFile", "What `GET` would say of a file, without its bytes."),
        ]
    }

    /// Not counted: pages show many pictures at once, and who has the link may look as often as they like.
    private func downloading(_ method: HTTPRequest.Method, _ id: String, _ summary: String) -> Endpoint {
        Endpoint(
            method: method, path: "/attachments/{id}/{name}", id: id, summary: summary,
            access: .open(download.answer), isStrict: false, isCounted: false,
            answers: [
                .init(status: .ok, note: "The file.", content: .media("*/*"), hasVersion: true),
                .init(status: .partialContent, note: "A part of it.", content: .media("*/*"), hasVersion: true),
                .init(status: .notModified, note: "Not changed since the version in If-None-Match."),
                .problem(.rangeNotSatisfiable, "It has no such range."),
                .problem(.serviceUnavailable, "The database is away."),
            ])
    }
}
