/// What a mail says to its reader: the same as text and as a page.
package struct MailLetter: Sendable, Equatable {
    package let senderName: String
    package let subject: String
    package let text: String
    package let html: String
    package let attachments: [MailAttachment]

    package init(
        senderName: String,
        subject: String,
        text: String,
        html: String,
        attachments: [MailAttachment] = []
    ) {
        self.senderName = senderName
        self.subject = subject
        self.text = text
        self.html = html
        self.attachments = attachments
    }
}

/// A file that comes with a mail.
package struct MailAttachment: Sendable, Equatable {
    package let name: String
    /// `application/pdf`, without parameters.
    package let type: String
    package let bytes: [UInt8]

    package init(name: String, type: String, bytes: [UInt8]) {
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}
