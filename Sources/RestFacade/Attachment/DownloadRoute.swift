import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// `GET /api/v1/attachments/{id}/{name}`: the id is the key, the name is only for people.
struct DownloadRoute: Sendable {
    let attachments: any AttachmentStore
    let blobs: any BlobStore

    /// Bytes that are read from the disk and sent at once.
    private static let pieceBytes = 128 * 1024
    /// Nothing of a file can run or load anything, even where it is opened as a page.
    private static let policy = "sandbox; default-src 'none'"

    func answer(_ visit: Visit) async throws -> Response {
        let (request, context) = (visit.request, visit.context)
        guard let id = context.parameters.get("id").flatMap({ AttachmentID($0) }),
            let attachment = try await attachments.attachment(id)
        else { throw HubError.notFound("there is no such file") }
        let tag = EntityTag(attachment.digest)
        var headers = Self.headers(of: attachment, tag)
        guard !tag.isHeld(accordingTo: request.headers[values: .ifNoneMatch]) else {
            return Self.bare(.notModified, headers, length: nil)
        }
        headers[.contentType] = MediaType(rawValue: attachment.type)?.contentType ?? "application/octet-stream"
        guard request.method != .head else { return Self.bare(.ok, headers, length: attachment.size) }
        switch Self.range(of: request, attachment, tag) {
        case .whole:
            let all = ByteRange(first: 0, last: attachment.size - 1)
            return Response(status: .ok, headers: headers, body: try await body(attachment, all, context.logger))
        case .part(let part):
            headers[.contentRange] = part.contentRange(ofSize: attachment.size)
            let body = try await body(attachment, part, context.logger)
            return Response(status: .partialContent, headers: headers, body: body)
        case .unsatisfiable:
            let detail = "the file has \(attachment.size) bytes: ask for a range within them"
            var response = Problem(.rangeNotSatisfiable, code: HubError.Code.badRequest.rawValue, detail: detail)
                .response(from: request, context: context)
            response.headers[.contentRange] = "bytes */\(attachment.size)"
            return response
        }
    }

    /// A range of another version is a range of nothing: then the whole file is sent (RFC 9110 section 13.1.5).
    private static func range(of request: Request, _ attachment: Attachment, _ tag: EntityTag) -> RangeRequest {
        if let condition = request.headers[.ifRange], condition != tag.text { return .whole }
        return RangeRequest(request.headers[.range], size: attachment.size)
    }

    /// What an answer says whether or not it carries bytes.
    private static func headers(of attachment: Attachment, _ tag: EntityTag) -> HTTPFields {
        let isInline = MediaType(rawValue: attachment.type)?.isShownInline ?? false
        return [
            .eTag: tag.text,
            // Bytes never change under an id, and the link is a secret of those who have it.
            .cacheControl: "private, max-age=31536000, immutable",
            .acceptRanges: "bytes",
            .contentDisposition: ContentDisposition(isInline: isInline, name: attachment.name).value,
            .contentSecurityPolicy: policy,
            .xContentTypeOptions: "nosniff",
            // The widget shows pictures on the shop's own pages.
            .crossOriginResourcePolicy: "cross-origin",
        ]
    }

    private static func bare(_ status: HTTPResponse.Status, _ headers: HTTPFields, length: Int64?) -> Response {
        var response = Response(status: status, headers: headers)
        response.headers[.contentLength] = length.map { String($0) }
        return response
    }

    /// Streams from the disk at the speed of the receiver.
    private func body(_ attachment: Attachment, _ range: ByteRange, _ logger: Logger) async throws -> ResponseBody {
        guard let reader = try await blobs.open(digest: attachment.digest) else {
            logger.error("the bytes of an attachment are missing", metadata: ["blob.digest": "\(attachment.digest)"])
            throw HubError(.internal, "The bytes of this file are missing. Ask for it to be sent again.")
        }
        return ResponseBody(contentLength: Int(range.count)) { writer in
            do {
                var offset = range.first
                while offset <= range.last {
                    let count = Int(min(Int64(Self.pieceBytes), range.last - offset + 1))
                    let bytes = try await reader.read(at: offset, count: count)
                    guard !bytes.isEmpty else { throw HubError(.internal, "A blob is shorter than its attachment.") }
                    try await writer.write(ByteBuffer(bytes: bytes))
                    offset += Int64(bytes.count)
                }
            } catch {
                await reader.close()
                throw error
            }
            await reader.close()
            try await writer.finish(nil)
        }
    }
}
