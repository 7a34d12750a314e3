/// A file of a message that is still at Meta, and where it belongs.
package struct WhatsAppFile: Sendable, Equatable {
    /// The message's id at WhatsApp.
    package let message: String
    /// Our number that it came to, by its id at Meta.
    package let number: String
    package let place: WhatsAppPlace
    package let author: Participant
    package let media: WhatsAppMedia
    package let sentAt: Timestamp
    /// How often it was tried, this time included.
    package let attempts: Int64

    package init(
        message: String,
        number: String,
        place: WhatsAppPlace,
        author: Participant,
        media: WhatsAppMedia,
        sentAt: Timestamp,
        attempts: Int64 = 0
    ) {
        self.message = message
        self.number = number
        self.place = place
        self.author = author
        self.media = media
        self.sentAt = sentAt
        self.attempts = attempts
    }

    /// Ids of files in webhooks are good for seven days.
    package static let lifetime = Duration.seconds(7 * 24 * 3600)
}

extension WhatsAppMedia {
    /// What WhatsApp lets through; more is not read.
    package var maxBytes: Int64 {
        switch kind {
        case .image: 5 * 1024 * 1024
        case .audio, .video: 16 * 1024 * 1024
        case .document: 100 * 1024 * 1024
        case .sticker: 500 * 1024
        }
    }

    /// Whether this is the SHA-256 that the webhook told, in base64 or hex; true when it told none.
    ///
    /// - Parameter digest: In lower-case hex.
    package func isDigest(_ digest: String) -> Bool {
        guard let told = self.digest, !told.isEmpty else { return true }
        if told.utf8.count == 64 { return told.lowercased() == digest }
        let plain = told.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" }
        return Base64URL.decode(String(plain)).map { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest
        } ?? false
    }

    /// The card of the message once the file is here.
    package func card(with file: FileReference) -> MessageCard {
        var details = card.details
        if case .object(let members) = file.json { details.merge(members) { _, file in file } }
        details["state"] = "ready"
        return MessageCard(kind: .media, text: card.text, details: details)
    }

    /// The card of the message when the file cannot be had.
    package func card(failedBecause reason: String) -> MessageCard {
        var details = card.details
        details["state"] = "failed"
        details["err"] = .string(reason)
        return MessageCard(kind: .media, text: card.text, details: details)
    }
}
