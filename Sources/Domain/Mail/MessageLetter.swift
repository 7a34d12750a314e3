/// The mail that takes one message along to whoever has no other way to read it, such as the codes of an order.
package enum MessageLetter {
    package enum Kind: Sendable {
        case order
        /// For people who look after the hub.
        case alert
    }

    package static func letter(_ text: String, _ kind: Kind = .order, words: TranscriptWords) -> MailLetter {
        let (subject, ending) =
            switch (kind, words.language) {
            case (.order, .arabic): ("طلبك من \(words.shopName)", "احتفظ بهذه الرسالة، ولا تعطِ ما فيها أحدًا.")
            case (.order, .english):
                ("Your order at \(words.shopName)", "Keep this mail, and give nobody what is in it.")
            case (.alert, .arabic): ("تنبيهات نظام \(words.shopName)", "هذه الرسالة من النظام نفسه، ولا يُرد عليها.")
            case (.alert, .english):
                ("System alerts of \(words.shopName)", "The hub sends this by itself; nobody reads answers.")
            }
        return MailLetter(
            senderName: words.shopName,
            subject: subject,
            text: "\(text)\n\n\(ending)\n\(words.shopName)\n",
            html: """
                <!doctype html>
                <html lang="\(words.language.rawValue)" dir="\(words.language.direction)">
                <body style="max-width:36rem;margin:auto;padding:16px;font:16px/1.7 sans-serif;color:#1b2421">
                <p dir="auto" style="white-space:pre-wrap">\(HTMLText.escaped(text))</p>
                <p style="color:#6b7280;font-size:13px">\(ending)<br>\(HTMLText.escaped(words.shopName))</p>
                </body>
                </html>

                """
        )
    }
}
