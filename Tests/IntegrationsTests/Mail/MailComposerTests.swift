import Domain
import Foundation
import Testing

@testable import Integrations

@Suite struct MailComposerTests {
    private static func text(_ letter: MailLetter) throws -> String {
        let composer = MailComposer(
            sender: try #require(EmailAddress("shop@example.com")),
            recipient: try #require(EmailAddress("sara@example.net")),
            id: "o_1",
            at: Timestamp(milliseconds: 1_763_755_200_000)
        )
        return String(decoding: composer.data(of: letter), as: UTF8.self)
    }

    @Test func aMailHoldsTextAndPage() throws {
        let text = try Self.text(
            MailLetter(senderName: "Our shop", subject: "Hello", text: "one\ntwo\n", html: "<p>one</p>"))
        #expect(text.hasPrefix("From: Our shop\r\n <shop@example.com>\r\nTo: <sara@example.net>\r\nSubject: Hello\r\n"))
        #expect(text.contains("\r\nDate: Fri, 21 Nov 2025 20:00:00 +0000\r\nMessage-ID: <o_1@example.com>\r\n"))
        #expect(
            text.contains("multipart/alternative;\r\n boundary=\"=_alternative_o_1\"\r\n\r\n--=_alternative_o_1\r\n"))
        #expect(text.contains(Data("one\r\ntwo\r\n".utf8).base64EncodedString()))
        #expect(text.contains(Data("<p>one</p>".utf8).base64EncodedString()))
        #expect(text.hasSuffix("--=_alternative_o_1--\r\n"))
    }

    @Test func everyLineIsShortASCIIThatEndsWithCRLF() throws {
        let arabic = String(repeating: "متجر البطاقات 🎁 ", count: 20)
        let text = try Self.text(
            MailLetter(
                senderName: arabic, subject: arabic, text: String(repeating: arabic, count: 50), html: arabic,
                attachments: [MailAttachment(name: arabic, type: "text/plain", bytes: Array(arabic.utf8))]))
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { $0.last == UInt8(ascii: "\r") && $0.count <= 79 && $0.allSatisfy { $0 < 0x80 } })
        #expect(text.contains("=_mixed_o_1") && text.contains(" filename*0*=utf-8''%D9%85"))
    }

    @Test func wordsAreWholeCharacters() {
        let text = String(repeating: "سارة ", count: 30)
        let words = EncodedWord.text(text).split(separator: "\r\n ")
        #expect(words.count > 1)
        let parts = words.compactMap { Data(base64Encoded: String($0.dropFirst(10).dropLast(2))) }
        #expect(parts.map { String(decoding: $0, as: UTF8.self) }.joined() == text)
        #expect(parts.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
    }

    @Test(arguments: ["x\r\nBcc: all@example.org", "x\nBcc: y", "x\r\n\r\nbody", "\u{85}\u{0}=?utf-8?q?x?="])
    func nobodyWritesHeadersOfTheirOwn(_ text: String) throws {
        let mail = try Self.text(MailLetter(senderName: text, subject: text, text: text, html: text))
        let head = mail.prefix(upTo: try #require(mail.ranges(of: "\r\n\r\n").first).lowerBound)
        let names = head.split(separator: "\r\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
            ])
    }
}
