import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What tests do, and the page that shows what was said. It has no password: the fake belongs on this machine.
struct OpenAIControlRoutes {
    let fake: OpenAIFake

    func add(to router: Router<ChannelContext>) {
        let routes = router.group("/fake")
        routes.post("script") { request, _ in try await taken(request, setScript) }
        routes.post("faults") { request, _ in try await taken(request, addFault) }
        routes.post("settings") { request, _ in try await taken(request, set) }
        routes.post("reset") { _, _ in
            await fake.reset()
            return Self.answer(["success": true])
        }
        routes.get("script") { _, _ in
            let rules = await fake.world.script.rules
            return Self.answer(["rules": .array(rules.map { .string($0.name) })])
        }
        routes.get("log") { request, _ in
            let last = request.uri.queryParameters["last"].flatMap { Int(String($0)) }
            return Self.answer(await fake.world.log.json(last: last))
        }
        router.get("/") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(bytes: PackageResources.assistant_html)))
        }
    }

    private func taken(
        _ request: Request, _ run: (JSON) async throws(OpenAIError) -> Void
    ) async throws -> Response {
        let bytes = try await request.body.collect(upTo: 4 * 1024 * 1024)
        do throws(OpenAIError) {
            guard let body = try? JSON.parse(Data(bytes.readableBytesView)) else { throw .noJSON }
            try await run(body)
            return Self.answer(["success": true])
        } catch {
            return Self.answer(error.json, status: 400)
        }
    }

    private static func answer(_ value: JSON, status: Int = 200) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: value.text)))
    }

    /// `{rules, keep?}`; with `keep` the rules stand before those that are there.
    private func setScript(_ body: JSON) async throws(OpenAIError) {
        let script = try Script(body["rules"] ?? .null)
        let keepsOld = body["keep"]?.bool ?? false
        await fake.change { world in
            if keepsOld { world.script.prepend(script) } else { world.script = script }
        }
    }

    private func addFault(_ body: JSON) async throws(OpenAIError) {
        let fault = try OpenAIFault(body)
        await fake.change { $0.faults.append(fault) }
    }

    /// Any of the members below or of a delivery; an unknown one is refused, so that no test relies on nothing.
    private func set(_ body: JSON) async throws(OpenAIError) {
        let members = body.object ?? [:]
        try await fake.change { world throws(OpenAIError) in
            var settings = world.settings
            var delivery: [String: JSON] = [:]
            for (name, value) in members {
                switch name {
                case "requests_per_minute", "tokens_per_minute": break
                case "key": settings.key = value.string ?? ""
                case "context_tokens": settings.contextTokens = Int(value.integer ?? 0)
                case "dimensions": settings.dimensions = max(1, Int(value.integer ?? 0))
                case "rejected_fields": settings.rejectedFields = Set((value.array ?? []).compactMap(\.string))
                case "models": settings.models = (value.array ?? []).compactMap(\.string)
                default: delivery[name] = value
                }
            }
            try settings.delivery.change(delivery)
            world.settings = settings
            let (requests, tokens) = (members["requests_per_minute"]?.double, members["tokens_per_minute"]?.double)
            guard requests != nil || tokens != nil else { return }
            world.setRates(requests: requests, tokens: tokens, at: OpenAIFake.now)
        }
    }
}
