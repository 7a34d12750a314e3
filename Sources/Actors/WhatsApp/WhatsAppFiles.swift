package import Domain
package import Logging
import ServiceLifecycle

/// Fetches files of messages and puts them into the log.
///
/// A file that cannot be had yet is tried again until Meta forgets it; then its message says that it failed.
package struct WhatsAppFiles: Service {
    private let files: any WhatsAppFileStore
    private let source: Live<(any WhatsAppFileSource)?>
    private let blobs: any BlobStore
    private let attachments: any AttachmentStore
    private let gateway: any RoomGateway
    private let limits: WhatsAppLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// - Parameter source: Nil while there is no account: then files wait.
    package init(
        files: any WhatsAppFileStore,
        source: Live<(any WhatsAppFileSource)?>,
        blobs: any BlobStore,
        attachments: any AttachmentStore,
        gateway: any RoomGateway,
        limits: WhatsAppLimits = WhatsAppLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.files = files
        self.source = source
        self.blobs = blobs
        self.attachments = attachments
        self.gateway = gateway
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await fetchDue() {}
                } catch {
                    logger.warning("files of WhatsApp wait", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: limits.intake.interval)
            }
        }
    }

    /// Whether there was something to do.
    private func fetchDue() async throws -> Bool {
        guard let source = source.now else { return false }
        let due = try await files.claim(limit: limits.downloads, at: now(), lease: limits.downloadLease)
        await withTaskGroup { group in
            for file in due { group.addTask { await settle(file, from: source) } }
        }
        return !due.isEmpty
    }

    private func settle(_ file: WhatsAppFile, from source: any WhatsAppFileSource) async {
        do {
            do {
                try await append(file.media.card(with: try await fetch(file, from: source)), to: file)
            } catch  where isFinal(error, file) {
                logger.notice("a file of WhatsApp cannot be had", metadata: ["error": "\(error)"])
                try await append(file.media.card(failedBecause: reason(error)), to: file)
            }
            try await files.finish(file.message)
        } catch {
            let pause = limits.intake.pause(after: file.attempts)
            // Should the store be away too: the lease ends.
            try? await files.postpone(file.message, until: now() + pause, because: reason(error))
        }
    }

    private func fetch(_ file: WhatsAppFile, from source: any WhatsAppFileSource) async throws -> FileReference {
        let writer = try await blobs.makeWriter(maxBytes: file.media.maxBytes)
        var inspector = AttachmentInspector(maxImagePixels: limits.maxImagePixels)
        do {
            try await source.fetch(file.media.id, of: file.number, maxBytes: file.media.maxBytes) { bytes in
                try inspector.take(bytes)
                try await writer.write(bytes)
            }
            let finding = try inspector.finish()
            let receipt = try await writer.finish()
            guard file.media.isDigest(receipt.digest) else { throw HubError.unavailable() }
            return try await keep(file, finding, receipt)
        } catch {
            await writer.discard()
            throw error
        }
    }

    private func keep(
        _ file: WhatsAppFile,
        _ finding: AttachmentInspector.Finding,
        _ receipt: BlobReceipt
    ) async throws -> FileReference {
        let attachment = Attachment(
            id: .unguessable(),
            digest: receipt.digest,
            name: AttachmentName.sanitised(file.media.name ?? "", for: finding.type),
            type: finding.type.rawValue,
            size: receipt.size,
            width: finding.imageSize?.width,
            height: finding.imageSize?.height,
            uploader: file.author,
            createdAt: now()
        )
        try await attachments.add(attachment)
        return attachment.reference(caption: file.media.caption)
    }

    private func append(_ card: MessageCard, to file: WhatsAppFile) async throws {
        let content = EventContent.edit(target: file.place.seq, body: .card(card))
        do {
            _ = try await gateway.append(
                Draft(author: .hub, mid: .following(file.place.seq, "file"), content: content), to: file.place.room)
        } catch let error as HubError where error.code == .midConflict || error.code == .notFound {
            // Another hub brought it, or the customer deleted the message.
        }
    }

    private func isFinal(_ error: any Error, _ file: WhatsAppFile) -> Bool {
        if error is UnsupportedMedia { return true }
        if now() - file.sentAt > WhatsAppFile.lifetime { return true }
        guard let error = error as? HubError else { return false }
        return error.code == .notFound || error.code == .tooLarge || error.code == .badRequest
    }

    private func reason(_ error: any Error) -> String {
        (error as? HubError)?.message ?? (error as? UnsupportedMedia)?.message ?? "the connection broke"
    }
}
