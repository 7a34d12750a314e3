import Testing

@testable import Integrations

@Suite struct MailServerTests {
    @Test(arguments: [
        ("smtp://mail.example", "mail.example", 587, MailServer.Security.required),
        ("smtps://mail.example", "mail.example", 465, .fromTheStart),
        ("smtp://u:p@mail.example:25", "mail.example", 25, .required),
        ("smtps://u:p@ss@mail.example:2465/?x=1", "mail.example", 2465, .fromTheStart),
        ("smtp://u:p@[::1]:2525", "::1", 2525, .ifOffered),
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, .ifOffered),
        ("smtp://127.evil.example", "127.evil.example", 587, .required),
    ])
    func anAddressIsRead(_ url: String, _ host: String, _ port: Int, _ security: MailServer.Security) throws {
        let server = try #require(MailServer(url))
        #expect(server.host == host && server.port == port && server.security == security)
    }

    @Test(arguments: [
        "", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@", "smtp://h:x", "smtp://h:70000",
    ])
    func nothingElseIsAnAddress(_ url: String) {
        #expect(MailServer(url) == nil)
    }

    @Test func aLoginIsReadAndNeverShown() throws {
        let server = try #require(MailServer("smtp://shop%40example.com:p@s%25s:%zz@mail.example"))
        #expect(server.login == SMTPLogin(user: "shop@example.com", password: "p@s%s:%zz"))
        #expect(!"\(server) \(String(reflecting: server))".contains("p@s"))
        #expect(MailServer("smtp://mail.example")?.login == nil)
    }

    @Test func repliesAreCutHoweverTheyArrive() {
        let text = "220 mail.example ESMTP\r\n250-mail.example\r\n250-SIZE 1000\r\n250 HELP\r\n250\r\n"
        for size in [1, 7, 1000] {
            var reader = SMTPReplyReader()
            var replies: [SMTPReply] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let isReply = reader.take(bytes[start..<min(start + size, bytes.count)])
                #expect(isReply)
                while let reply = reader.next() { replies.append(reply) }
            }
            #expect(replies.map(\.code) == [220, 250, 250])
            #expect(replies.map(\.lines.count) == [1, 3, 1])
            #expect(reader.isEmpty)
        }
    }

    @Test func whatIsNoReplyIsRefused() {
        let long = String(repeating: "2", count: SMTPReplyReader.maxBytes + 1)
        for text in ["HTTP/1.1 200 OK\r\n", "\r\n", "22\r\n", "999 x\r\n", "250-a\r\n354 b\r\n", long] {
            var reader = SMTPReplyReader()
            let isReply = reader.take(Array(text.utf8))
            #expect(!isReply)
        }
    }

    @Test func codesInWordsAreFound() {
        #expect(SMTPReply(code: 550, lines: ["5.1.1 no such user"]).enhancedStatus == "5.1.1")
        #expect(SMTPReply(code: 550, lines: ["1.2.3.4 is blocked"]).enhancedStatus == nil)
        #expect(SMTPReply(code: 550, lines: [""]).enhancedStatus == nil)
    }
}
