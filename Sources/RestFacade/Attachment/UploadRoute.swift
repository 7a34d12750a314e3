import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /api/v1/attachments?name=…`, the body being the bytes.
struct UploadRoute: Sendable {
    let attachments: any AttachmentStore
    let blobs: any BlobStore
    let limits: AttachmentLimits
    let slots: UploadSlots
    let now: @Sendable () -> Timestamp

    func answer(_ visit: Visit, _ principal: Principal) async throws -> Response {
        let (request, context) = (visit.request, visit.context)
        var isBodyRead = false
        do {
            let uploader = principal.participant
            let name = try Self.name(in: request.uri.query ?? "")
            if let length = request.headers[.contentLength].flatMap({ Int64($0) }), length > limits.maxBytes {
                throw HubError(.tooLarge, "The file is larger than \(limits.maxBytes) bytes.")
            }
            try slots.take(uploader)
            defer { slots.leave(uploader) }
            let (finding, receipt) = try await receive(request.body, &isBodyRead)
            let attachment = Attachment(
                id: .unguessable(),
                digest: receipt.digest,
                name: AttachmentName.sanitised(name, for: finding.type),
                type: finding.type.rawValue,
                size: receipt.size,
                width: finding.imageSize?.width,
                height: finding.imageSize?.height,
                uploader: uploader,
                createdAt: now()
            )
            try await attachments.add(attachment)
            try await checkThere(receipt)
            return Self.created(attachment)
        } catch {
            guard let problem = Self.problem(error) else { throw error }
            var response = problem.response(from: request, context: context)
            if !isBodyRead {
                // What is still being sent is read and dropped, but not for ever.
                context.makeLast(&response, lingering: limits.refusalLinger)
            }
            return response
        }
    }

    /// Empty when there is none. Throws `bad_request` for a query that cannot be read.
    private static func name(in query: String) throws(HubError) -> String {
        guard let pairs = FormQuery.pairs(of: query) else { throw .badRequest("the query has a broken escape") }
        return pairs.first { $0.name == "name" }?.value ?? ""
    }

    private func receive(
        _ body: RequestBody,
        _ isRead: inout Bool
    ) async throws -> (finding: AttachmentInspector.Finding, receipt: BlobReceipt) {
        let deadline = ContinuousClock.now + limits.uploadTimeout
        let writer = try await blobs.makeWriter(maxBytes: limits.maxBytes)
        var upload = AttachmentUpload(into: writer, maxImagePixels: limits.maxImagePixels)
        do {
            // A sender that falls silent is cut off by the idle timeout of the connection.
            for try await buffer in body {
                guard ContinuousClock.now < deadline else { throw tooSlow }
                try await upload.take(buffer)
            }
            isRead = true
            return try await upload.finish()
        } catch {
            await upload.discard()
            throw error
        }
    }

    /// The same bytes may have been removed meanwhile, with a person whose file they were. Throws `unavailable` then.
    private func checkThere(_ receipt: BlobReceipt) async throws {
        guard let reader = try await blobs.open(digest: receipt.digest) else {
            throw HubError(.unavailable, "the file was not kept: send it again", retryAfter: .seconds(1))
        }
        await reader.close()
    }

    private var tooSlow: Problem {
        let detail = "The upload took longer than \(limits.uploadTimeout). Send it again over a faster network."
        return Problem(.requestTimeout, code: HubError.Code.badRequest.rawValue, detail: detail)
    }

    /// Nil for what is no answer: the sender is gone, or the hub is broken.
    private static func problem(_ error: any Error) -> Problem? {
        guard let error = error as? UnsupportedMedia else { return Problem(catching: error) }
        return Problem(.unsupportedMediaType, code: HubError.Code.badRequest.rawValue, detail: error.message)
    }

    private static func created(_ attachment: Attachment) -> Response {
        var response = Response.json(.created) { writer in
            writer.beginObject()
            writer.key("id")
            writer.id(attachment.id)
            writer.key("name")
            writer.string(attachment.name)
            writer.key("type")
            writer.string(attachment.type)
            writer.key("size")
            writer.integer(attachment.size)
            writer.key("url")
            writer.string(attachment.url)
            if let width = attachment.width, let height = attachment.height {
                writer.key("width")
                writer.integer(width)
                writer.key("height")
                writer.integer(height)
            }
            writer.endObject()
        }
        response.headers[.location] = attachment.url
        return response
    }
}
