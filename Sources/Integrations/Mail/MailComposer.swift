import Domain

/// Writes a letter down as it travels (RFC 5322, and RFC 2045 to 2047 for its parts).
///
/// Everything but an address is ASCII in lines of no more than 78 characters, so that any server takes it.
struct MailComposer: Sendable {
    let sender: EmailAddress
    let recipient: EmailAddress
    /// Our name for the mail: sent again, it is the same.
    let id: String
    let at: Timestamp

    var messageID: String { "<\(id)@\(sender.domain)>" }

    func data(of letter: MailLetter) -> [UInt8] {
        let head = """
            From: \(EncodedWord.phrase(letter.senderName))\r
             <\(sender)>\r
            To: <\(recipient)>\r
            Subject: \(EncodedWord.text(letter.subject))\r
            Date: \(Self.date(at))\r
            Message-ID: \(messageID)\r
            Auto-Submitted: auto-generated\r
            MIME-Version: 1.0\r

            """
        return Array("\(head)\(body(of: letter))".utf8)
    }

    private func body(of letter: MailLetter) -> String {
        let alternative = parts(
            "alternative",
            [
                part("text/plain; charset=utf-8", letter.text.withLineEnds.utf8),
                part("text/html; charset=utf-8", letter.html.withLineEnds.utf8),
            ])
        guard !letter.attachments.isEmpty else { return alternative }
        return parts("mixed", [alternative] + letter.attachments.map(part))
    }

    /// No line of base 64 holds a boundary: it has no `_`.
    private func parts(_ kind: String, _ parts: [String]) -> String {
        let boundary = "=_\(kind)_\(id)"
        let body = parts.map { "--\(boundary)\r\n\($0)" }.joined()
        return "Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\"\r\n\r\n\(body)--\(boundary)--\r\n"
    }

    private func part(_ type: String, _ bytes: some Sequence<UInt8>) -> String {
        "Content-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n\r\n\(Base64.lines(bytes))\r\n"
    }

    private func part(_ attachment: MailAttachment) -> String {
        let name = attachment.name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            }
        }
        // RFC 2231 section 3: a long value comes in pieces.
        let pieces = stride(from: 0, to: name.count, by: 18).enumerated().map { number, start in
            let piece = name[start..<min(start + 18, name.count)].joined()
            return " filename*\(number)*=\(number == 0 ? "utf-8''" : "")\(piece)"
        }
        let isType = attachment.type.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ";") }
        let disposition = (["attachment"] + pieces).joined(separator: ";\r\n")
        return "Content-Disposition: \(disposition)\r\n"
            + part(isType ? attachment.type : "application/octet-stream", attachment.bytes)
    }

    /// `Sat, 21 Nov 2026 20:15:00 +0000` (RFC 5322 section 3.3).
    static func date(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        let day = moment.milliseconds >= 0 ? moment.milliseconds / 86_400_000 : 0
        let weekday = weekdays[Int((day + 4) % 7)]
        let month = months[(Int(text.dropFirst(5).prefix(2)) ?? 1) - 1]
        return "\(weekday), \(text.dropFirst(8).prefix(2)) \(month) \(text.prefix(4)) "
            + "\(text.dropFirst(11).prefix(8)) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

extension String {
    /// Texts end their lines with CR LF (RFC 2046 section 4.1.1).
    fileprivate var withLineEnds: String {
        split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\r\n")
    }
}
