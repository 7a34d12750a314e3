import Testing

@testable import Integrations

@Suite struct SMTPTests {
    @Test(arguments: [
        ("smtp://mail.example", "mail.example", 587, false), ("smtps://mail.example", "mail.example", 465, true),
        ("smtp://u:p@mail.example:25", "mail.example", 25, false),
        ("smtps://u:p@ss@mail.example:2465/?x=1", "mail.example", 2465, true),
        ("smtp://u:p@[::1]:2525", "::1", 2525, false),
    ])
    func anAddressIsRead(_ url: String, _ host: String, _ port: Int, _ usesTLS: Bool) throws {
        let address = try #require(MailAddress(url))
        #expect(address.host == host && address.port == port && address.usesTLS == usesTLS)
    }

    @Test(arguments: [
        "", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@", "smtp://h:x", "smtp://h:70000",
    ])
    func nothingElseIsAnAddress(_ url: String) {
        #expect(MailAddress(url) == nil)
    }

    @Test func repliesAreCutHoweverTheyArrive() throws {
        let text = "220 mail.example ESMTP\r\n250-mail.example\r\n250-SIZE 1000\r\n250 HELP\r\n"
        for size in [1, 7, 1000] {
            var replies = SMTPReplies()
            var codes: [Int] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let isReply = replies.take(bytes[start..<min(start + size, bytes.count)])
                #expect(isReply)
                while let code = replies.next() { codes.append(code) }
            }
            #expect(codes == [220, 250])
        }
    }

    @Test func whatIsNoReplyIsRefused() {
        for text in ["HTTP/1.1 200 OK\r\n", "\r\n", "22\r\n", String(repeating: "2", count: SMTPGreeting.maxBytes + 1)]
        {
            var replies = SMTPReplies()
            let isReply = replies.take(Array(text.utf8))
            #expect(!isReply)
        }
    }
}
