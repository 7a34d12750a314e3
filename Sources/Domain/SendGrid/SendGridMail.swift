/// A mail as SendGrid takes it (Web API v3, `mail/send`).
package struct SendGridMail: Sendable, Equatable {
    package let recipient: EmailAddress
    package let recipientName: String?
    package let letter: MailLetter
    /// Where answers go; nil for the sender.
    package var replyTo: EmailAddress?
    /// The `Message-ID` that it answers.
    package var inReplyTo: String?
    /// Our name for it; comes back in every event.
    package let entry: String

    /// In all, with attachments as base64.
    package static let maxBytes = 30 * 1024 * 1024

    package init(to recipient: EmailAddress, name: String? = nil, _ letter: MailLetter, entry: String) {
        self.recipient = recipient
        recipientName = name
        self.letter = letter
        self.entry = entry
    }

    /// Roughly what the request holds, in bytes.
    package var size: Int {
        letter.attachments.reduce(letter.text.utf8.count + letter.html.utf8.count + 4096) { size, file in
            size + (file.bytes.count + 2) / 3 * 4 + file.name.utf8.count + 256
        }
    }

    /// - Parameters:
    ///   - base64: With padding (RFC 4648 section 4).
    ///   - isTrial: SendGrid looks whether it would take it, and sends nothing.
    package func json(
        from account: SendGridAccount,
        isTrial: Bool = false,
        base64: ([UInt8]) -> String
    ) -> JSONValue {
        let name = letter.senderName.isEmpty ? account.senderName : letter.senderName
        var content: [JSONValue] = [["type": "text/plain", "value": .string(letter.text)]]
        if !letter.html.isEmpty { content.append(["type": "text/html", "value": .string(letter.html)]) }
        var mail: [String: JSONValue] = [
            "personalizations": [
                [
                    "to": [Self.person(recipient, recipientName)],
                    "custom_args": .object([SendGridEvent.entryArgument: .string(entry)]),
                ]
            ],
            "from": Self.person(account.sender, name),
            "subject": .string(letter.subject),
            "content": .array(content),
        ]
        if let replyTo { mail["reply_to"] = Self.person(replyTo, nil) }
        if let inReplyTo { mail["headers"] = ["In-Reply-To": .string(inReplyTo), "References": .string(inReplyTo)] }
        if isTrial { mail["mail_settings"] = ["sandbox_mode": ["enable": true]] }
        if !letter.attachments.isEmpty {
            mail["attachments"] = .array(
                letter.attachments.map { file in
                    [
                        "content": .string(base64(file.bytes)), "type": .string(file.type),
                        "filename": .string(file.name), "disposition": "attachment",
                    ]
                })
        }
        return .object(mail)
    }

    private static func person(_ address: EmailAddress, _ name: String?) -> JSONValue {
        var person: [String: JSONValue] = ["email": .string(address.text)]
        if let name, !name.isEmpty { person["name"] = .string(name) }
        return .object(person)
    }
}
