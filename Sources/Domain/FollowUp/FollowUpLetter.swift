/// The mail to a visitor who left: what they have not read, and the way back.
package enum FollowUpLetter {
    /// A mail is no place for long texts: the rest is behind the link.
    private static let maxCharacters = 2000
    private static let maxMessages = 20

    /// - Parameters:
    ///   - messages: At least one.
    ///   - link: Where the conversation goes on.
    package static func letter(
        _ messages: [FoldedHistory.Message],
        link: String,
        words: TranscriptWords
    ) -> MailLetter {
        let texts = Texts(words)
        let shown = messages.prefix(maxMessages).map { message in
            (name: message.event.author.name, time: words.time(of: message.event.at), text: excerpt(message))
        }
        let more = messages.count > maxMessages ? [texts.more] : []
        let lines = shown.map { "\($0.name) (\($0.time)):\n\($0.text)\n" } + more
        let items = shown.map { message in
            """
            <p style="margin:0 0 4px"><b><bdi>\(HTMLText.escaped(message.name))</bdi></b> \
            <small style="color:#6b7280">\(message.time)</small></p>
            <p dir="auto" style="margin:0 0 16px;white-space:pre-wrap">\(HTMLText.escaped(message.text))</p>
            """
        }
        return MailLetter(
            senderName: words.shopName,
            subject: texts.subject,
            text: "\(texts.lead)\n\n\(lines.joined(separator: "\n"))\n\(texts.goOn)\n\(link)\n\n\(texts.secret)\n",
            html: """
                <!doctype html>
                <html lang="\(words.language.rawValue)" dir="\(words.language.direction)">
                <body style="max-width:36rem;margin:auto;padding:16px;font:16px/1.7 sans-serif;color:#1b2421">
                <p>\(HTMLText.escaped(texts.lead))</p>
                \((items + more.map { "<p>\($0)</p>" }).joined(separator: "\n"))
                <p><a href="\(HTMLText.escaped(link))" style="display:inline-block;padding:10px 18px;\
                border-radius:8px;background:#0b6e5f;color:#ffffff;text-decoration:none">\(texts.goOn)</a></p>
                <p style="color:#6b7280;font-size:13px">\(texts.secret)</p>
                </body>
                </html>

                """
        )
    }

    private static func excerpt(_ message: FoldedHistory.Message) -> String {
        let text = message.body?.plainText ?? ""
        return text.count > maxCharacters ? "\(text.prefix(maxCharacters))…" : text
    }

    private struct Texts {
        let subject: String
        let lead: String
        let more: String
        let goOn: String
        let secret: String

        init(_ words: TranscriptWords) {
            switch words.language {
            case .arabic:
                subject = "رد من \(words.shopName)"
                lead = "رد عليك فريق \(words.shopName) بعد مغادرتك المحادثة:"
                more = "وهناك رسائل أخرى في المحادثة."
                goOn = "تابع المحادثة"
                secret = "الرابط خاص بك: من يملكه يقرأ المحادثة."
            case .english:
                subject = "An answer from \(words.shopName)"
                lead = "\(words.shopName) answered after you left the chat:"
                more = "There are more messages in the chat."
                goOn = "Go on with the chat"
                secret = "The link is yours alone: whoever has it reads the chat."
            }
        }
    }
}
