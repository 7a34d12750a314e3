package import Domain

/// Sends what the outbox holds for WhatsApp: looks up whom it is for, uploads files, and asks the client.
package struct WhatsAppChannel: OutboundChannel {
    private let client: WhatsAppClient
    private let book: any WhatsAppAddressBook
    private let attachments: any AttachmentStore
    private let blobs: any BlobStore

    package init(
        client: WhatsAppClient,
        book: any WhatsAppAddressBook,
        attachments: any AttachmentStore,
        blobs: any BlobStore
    ) {
        self.client = client
        self.book = book
        self.attachments = attachments
        self.blobs = blobs
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard entry.lane.number == client.number else { return .refused(SendRefusal(.config, .otherNumber)) }
        let destination: WhatsAppDestination
        let message: OutboundMessage
        guard case .whatsApp(let wanted) = entry.content else {
            return .refused(SendRefusal(.permanent, .otherChannel))
        }
        do {
            guard let found = try await book.address(of: entry) else {
                return .refused(SendRefusal(.permanent, .nobody))
            }
            destination = found
            switch try await prepared(wanted) {
            case .success(let ready): message = ready
            case .failure(let failure): return failure.outcome
            }
        } catch {
            // The store is away, not WhatsApp: nothing has left.
            return .notSent(.storeAway)
        }
        if case .reaction = message, destination.target == nil {
            return .refused(SendRefusal(.permanent, .noTarget))
        }
        return await client.send(
            message, to: destination.recipient, target: destination.target, callback: entry.id.text)
    }

    private struct Failure: Error {
        let outcome: SendOutcome
    }

    /// With its file at WhatsApp instead of ours.
    private func prepared(_ message: OutboundMessage) async throws -> Result<OutboundMessage, Failure> {
        guard case .media(let media) = message, case .attachment(let id) = media.source else {
            return .success(message)
        }
        guard let attachment = try await attachments.attachment(id),
            let file = try await blobs.open(digest: attachment.digest)
        else { return .failure(Failure(outcome: .refused(SendRefusal(.permanent, .noFile)))) }
        let outcome = await client.upload(file, name: attachment.name, type: attachment.type)
        await file.close()
        switch outcome {
        case .accepted(let uploaded), .sent(let uploaded):
            return .success(
                .media(
                    OutboundMedia(
                        media.kind, .uploaded(uploaded), caption: media.caption, name: media.name,
                        isVoice: media.isVoice)))
        case .refused, .unsure, .notSent:
            return .failure(Failure(outcome: outcome))
        }
    }
}

extension OutboxProblem {
    static let otherChannel = OutboxProblem(
        StatusMessage(ar: "لا تُرسل هذه الرسالة عبر هذه القناة", en: "This is nothing that the channel sends"))

    static let otherNumber = OutboxProblem(
        StatusMessage(
            ar: "المحادثة مع رقم آخر للمتجر غير مُعدّ هنا: صحح WA_PHONE_ID",
            en: "The conversation is with another number of the shop, which is not set up: correct WA_PHONE_ID"))

    static let nobody = OutboxProblem(
        StatusMessage(ar: "لم يعد للعميل عنوان على واتساب", en: "The customer has no address on WhatsApp any more"))

    static let noTarget = OutboxProblem(
        StatusMessage(
            ar: "الرسالة المقصودة ليست على واتساب", en: "The message that it is about is not on WhatsApp"))

    static let noFile = OutboxProblem(
        StatusMessage(ar: "الملف غير موجود", en: "The file does not exist any more"))

    static let storeAway = OutboxProblem(
        StatusMessage(
            ar: "قاعدة البيانات غير متاحة: نعيد المحاولة", en: "The database is away: it is tried again"))
}
