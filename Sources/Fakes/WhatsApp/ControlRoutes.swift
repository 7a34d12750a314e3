import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What tests and the page of the phone do, which at Meta people and time do. It has no password: the fake belongs
/// on this machine.
struct ControlRoutes {
    let fake: WhatsAppFake

    func add(to router: Router<BasicRequestContext>) {
        let routes = router.group("/fake")
        routes.post("customers") { request, _ in try await taken(request, putCustomer) }
        routes.post("messages") { request, _ in try await taken(request, receive) }
        routes.post("statuses") { request, _ in try await taken(request, tellStatus) }
        routes.post("templates") { request, _ in try await taken(request, decideTemplate) }
        routes.post("changes") { request, _ in try await taken(request, change) }
        routes.post("faults") { request, _ in try await taken(request, addFault) }
        routes.post("settings") { request, _ in try await taken(request, set) }
        routes.post("verify") { _, _ -> Response in .json(["verified": .bool(await fake.webhook.verify())]) }
        routes.post("media") { request, _ -> Response in
            let body = try await request.body.collect(upTo: 110 * 1024 * 1024)
            let type = request.headers[.contentType] ?? "application/octet-stream"
            let file = WhatsAppWorld.File(type: type, bytes: Array(body.readableBytesView))
            let id = await fake.change { $0.keep(file) }
            return .json(["id": .string(id)])
        }
        routes.get("log") { _, _ -> Response in .json(await log()) }
        router.get("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.phone_html)))
        }
    }

    private func taken(_ request: Request, _ run: (JSON) async throws -> JSON) async throws -> Response {
        do {
            return .json(try await run(try await GraphRoutes.json(request)))
        } catch let error as GraphError {
            return .json(error.json, status: 400)
        }
    }

    /// `{user_id, wa_id?, name, username?, reachable?}`
    private func putCustomer(_ body: JSON) async throws -> JSON {
        guard let id = body["user_id"]?.string, let name = body["name"]?.string else {
            throw GraphError.missing("user_id, name")
        }
        let old = await fake.world.customer(id)
        let customer = Customer(
            userID: id, waID: body["wa_id"]?.string, name: name, username: body["username"]?.string,
            isReachable: body["reachable"]?.bool ?? true, lastWroteAt: old?.lastWroteAt)
        await fake.change { $0.put(customer) }
        return customer.contact
    }

    /// `{from, message}`, where the message is as in a webhook; `{from, text}` for short.
    private func receive(_ body: JSON) async throws -> JSON {
        guard let from = body["from"]?.string else { throw GraphError.missing("from") }
        let text = body["text"].map { text -> JSON in ["type": "text", "text": ["body": text]] }
        guard let message = body["message"] ?? text else { throw GraphError.missing("message or text") }
        guard let id = await fake.receive(message, from: from) else {
            throw GraphError.parameter("from: no such customer")
        }
        return ["id": .string(id)]
    }

    /// `{id, status, error_code?}`
    private func tellStatus(_ body: JSON) async throws -> JSON {
        guard let id = body["id"]?.string, let name = body["status"]?.string else {
            throw GraphError.missing("id, status")
        }
        let error = body["error_code"]?.integer.map { GraphError.other($0, status: 400, isTransient: false) }
        await fake.tell(.init(name: name, error: error), of: id)
        return ["success": true]
    }

    /// `{name, language, approved?, parameters?}`: Meta has looked at a template, and says so.
    private func decideTemplate(_ body: JSON) async throws -> JSON {
        guard let name = body["name"]?.string, let language = body["language"]?.string else {
            throw GraphError.missing("name, language")
        }
        let isApproved = body["approved"]?.bool ?? true
        let parameters = body["parameters"]?.integer.map { Int($0) } ?? 0
        await fake.change { $0.settings.templates["\(name)/\(language)"] = isApproved ? parameters : nil }
        let value: JSON = [
            "event": isApproved ? "APPROVED" : "DISABLED", "message_template_name": .string(name),
            "message_template_language": .string(language),
        ]
        await fake.webhook.send(.init(field: "message_template_status_update", value: value))
        return ["success": true]
    }

    /// `{field, value}`: any change at all, as it is.
    private func change(_ body: JSON) async throws -> JSON {
        guard let field = body["field"]?.string, let value = body["value"] else {
            throw GraphError.missing("field, value")
        }
        await fake.webhook.send(.init(field: field, value: value))
        return ["success": true]
    }

    /// `{part, times?, retry_after?, delay_ms?}` and one of `error_code` (with `http?`, `transient?`), `http`,
    /// `hang_ms`, `lost`.
    private func addFault(_ body: JSON) async throws -> JSON {
        guard let part = body["part"]?.string else { throw GraphError.missing("part") }
        let http = body["http"]?.integer.map { Int($0) }
        let kind: Fault.Kind
        if let code = body["error_code"]?.integer {
            kind = .error(.other(code, status: http ?? 400, isTransient: body["transient"]?.bool ?? false))
        } else if let milliseconds = body["hang_ms"]?.integer {
            kind = .hang(Double(milliseconds) / 1000)
        } else if body["lost"]?.bool == true {
            kind = .lostAnswer
        } else if let http {
            kind = .status(http)
        } else {
            throw GraphError.missing("error_code, http, hang_ms or lost")
        }
        let retryAfter = body["retry_after"]?.integer.map { Int($0) }
        let delay = Double(body["delay_ms"]?.integer ?? 0) / 1000
        await fake.add(
            Fault(
                part: part, kind: kind, times: Int(body["times"]?.integer ?? 1), retryAfter: retryAfter, delay: delay))
        return ["success": true]
    }

    /// Any of the members below; an unknown one is refused, so that no test relies on nothing.
    private func set(_ body: JSON) async throws -> JSON {
        for (name, value) in body.object ?? [:] {
            let (number, flag) = (value.integer.map { Int($0) } ?? 0, value.bool ?? false)
            switch name {
            case "token":
                guard let token = value.string else { throw GraphError.parameter("token: must be a text") }
                await fake.change { $0.settings.token = token }
            case "app_secret":
                guard let secret = value.string else { throw GraphError.parameter("app_secret: must be a text") }
                await fake.webhook.sign(with: secret)
            case "token_expired": await fake.change { $0.settings.isTokenExpired = flag }
            case "window_s": await fake.change { $0.settings.windowSeconds = Double(number) }
            case "closed_window_is_told_later": await fake.change { $0.settings.tellsClosedWindowLater = flag }
            case "media_url_s": await fake.change { $0.settings.mediaURLSeconds = Double(number) }
            case "status_delay_ms": await fake.change { $0.settings.statusDelay = number }
            case "skips_delivered": await fake.change { $0.settings.skipsDelivered = flag }
            case "tells_read": await fake.change { $0.settings.tellsRead = flag }
            case "status_comes_first": await fake.change { $0.settings.statusComesFirst = flag }
            case "pair_burst": await fake.change { $0.settings.pairBurst = Double(number) }
            case "repetitions": await fake.webhook.change { $0.repetitions = number }
            case "shuffle_ms": await fake.webhook.change { $0.shuffle = number }
            case "batch": await fake.webhook.change { $0.batch = number }
            case "lost_answers": await fake.webhook.change { $0.lostAnswers = number }
            case "wrong_signature": await fake.webhook.change { $0.hasWrongSignature = flag }
            case "retry_delay_ms": await fake.webhook.change { $0.retryDelay = number }
            case "max_attempts": await fake.webhook.change { $0.maxAttempts = number }
            default: throw GraphError.parameter("\(name): no such setting")
            }
        }
        return ["success": true]
    }

    /// Everything that was said, and how the webhook answered.
    private func log() async -> JSON {
        let world = await fake.world
        let answers = await fake.webhook.answers
        return [
            "messages": .array(world.messages.map(Self.line)),
            "typing": .array(world.typing.map(JSON.string)),
            "customers": .array(world.customers.map(\.contact)),
            "webhook": .object(
                Dictionary(uniqueKeysWithValues: answers.map { (String($0.key), .integer(Int64($0.value))) })),
        ]
    }

    private static func line(_ message: WhatsAppWorld.Message) -> JSON {
        .members([
            "id": .string(message.id), "customer": .string(message.customer), "body": message.body,
            "from_customer": .bool(message.isFromCustomer), "at": .number(message.at),
            "statuses": .array(message.statuses.map(JSON.string)), "read": .bool(message.isRead),
            "biz_opaque_callback_data": message.callbackData.map(JSON.string),
        ])
    }
}
