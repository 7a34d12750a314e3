import Hummingbird
import NIOCore

/// What was received, and what shall go wrong. It has no password: the fake belongs on this machine.
struct MailControlRoutes {
    let fake: MailFake

    func add(to router: Router<BasicRequestContext>) {
        let routes = router.group("/fake")
        routes.get("mails") { _, _ -> Response in .json(["mails": .array(fake.mails.map(Self.line))]) }
        routes.delete("mails") { _, _ -> Response in
            fake.forget()
            return .json(["success": true])
        }
        routes.post("faults") { request, _ in try await addFault(request) }
        router.get("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.mails_html)))
        }
    }

    /// `{stage, times?}` and one of `reply`, `drop`, `lost`, `hang`.
    private func addFault(_ request: Request) async throws -> Response {
        let body = try await GraphRoutes.json(request)
        guard let stage = body["stage"]?.string.flatMap(MailFault.Stage.init), let kind = Self.kind(body) else {
            return .json(["error": "stage, and one of reply, drop, lost, hang"], status: 400)
        }
        fake.add(MailFault(stage: stage, kind: kind, times: Int(body["times"]?.integer ?? 1)))
        return .json(["success": true])
    }

    private static func kind(_ body: JSON) -> MailFault.Kind? {
        if let reply = body["reply"]?.string { return .reply(reply) }
        if body["drop"]?.bool == true { return .drop }
        if body["lost"]?.bool == true { return .lost }
        return body["hang"]?.bool == true ? .hang : nil
    }

    private static func line(_ mail: ReceivedMail) -> JSON {
        .members([
            "from": .string(mail.sender),
            "to": .array(mail.recipients.map(JSON.string)),
            "data": .string(String(decoding: mail.data, as: UTF8.self)),
            "user": mail.user.map(JSON.string),
            "secured": .bool(mail.isSecured),
        ])
    }
}
