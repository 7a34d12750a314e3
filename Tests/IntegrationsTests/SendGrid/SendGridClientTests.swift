import Domain
import Testing

@testable import Integrations

@Suite struct SendGridClientTests {
    private static let letter = MailLetter(
        senderName: "", subject: "طلبك", text: "مرحبا", html: "<p>مرحبا</p>",
        attachments: [MailAttachment(name: "t.pdf", type: "application/pdf", bytes: [1, 2, 3])])
    private static let accepted = ServiceSample.text(202, "", headers: ["X-Message-Id: m1"])

    private func send(
        _ act: ScriptedServer.Act,
        _ letter: MailLetter = letter,
        isTrial: Bool = false
    ) async throws -> (SendOutcome, [String]) {
        try await ScriptedServer.with(act) { server in
            let account = try SendGridAccount(ServiceFields(ServiceSample.sendgrid.fields(server.url)))
            let client = SendGridClient(account, client: .ofTheOperator, timeout: [act].patience)
            var mail = SendGridMail(
                to: try #require(EmailAddress("hind@example.com")), name: "هند", letter, entry: "o_1")
            mail.replyTo = EmailAddress("conv@example.com")
            mail.inReplyTo = "<a@b>"
            return (await client.send(mail, isTrial: isTrial), server.requests)
        }
    }

    @Test func aMailIsSentAsJSON() async throws {
        let (outcome, requests) = try await send(Self.accepted)
        #expect(outcome == .accepted("m1"))
        let request = try #require(requests.first)
        #expect(request.hasPrefix("POST /v3/mail/send HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer SG.secret\r\n"))
        let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
        #expect(
            try JSONParser.parse(body, maxDepth: 16) == [
                "personalizations": [
                    ["to": [["email": "hind@example.com", "name": "هند"]], "custom_args": ["hub_entry": "o_1"]]
                ],
                "from": ["email": "shop@example.com", "name": "متجر"], "reply_to": ["email": "conv@example.com"],
                "subject": "طلبك", "headers": ["In-Reply-To": "<a@b>", "References": "<a@b>"],
                "content": [
                    ["type": "text/plain", "value": "مرحبا"], ["type": "text/html", "value": "<p>مرحبا</p>"],
                ],
                "attachments": [
                    [
                        "content": "AQID", "type": "application/pdf", "filename": "t.pdf",
                        "disposition": "attachment",
                    ]
                ],
            ])
    }

    @Test func aTrialSendsNothing() async throws {
        let (outcome, requests) = try await send(ServiceSample.text(200, ""), isTrial: true)
        #expect(outcome == .sent("trial") && requests.first?.contains(#""sandbox_mode":{"enable":true}"#) == true)
    }

    @Test(arguments: [
        (400, RefusalKind.permanent), (401, .auth), (403, .config), (413, .permanent), (429, .retrySlowNumber),
        (500, .retry),
    ])
    func aRefusalOfSendGrid(_ status: Int, _ kind: RefusalKind) async throws {
        let body = #"{"errors":[{"message":"hind@example.com is bad","field":"personalizations.0.to","help":null}]}"#
        guard case .refused(let refusal) = try await send(ScriptedServer.json(status, body)).0 else {
            throw Unexpected()
        }
        #expect(refusal.kind == kind && refusal.problem.details == "personalizations.0.to")
    }

    @Test func whatMayHaveGoneOutIsUnsure() async throws {
        for act in [.hangUp, .silence, ServiceSample.text(502, "<html>"), ServiceSample.text(202, "")] {
            guard case .unsure = try await send(act).0 else { throw Unexpected() }
        }
    }

    @Test func whatIsTooLargeDoesNotLeave() async throws {
        let large = MailLetter(
            senderName: "", subject: "x", text: "x", html: "",
            attachments: [
                MailAttachment(name: "x", type: "a/b", bytes: Array(repeating: 0, count: 23 * 1024 * 1024))
            ])
        let (outcome, requests) = try await send(Self.accepted, large)
        guard case .refused(let refusal) = outcome else { throw Unexpected() }
        #expect(refusal.kind == .permanent && requests.isEmpty)
    }

    private struct Unexpected: Error {}
}
