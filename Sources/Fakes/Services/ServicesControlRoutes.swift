import Hummingbird
import NIOCore

/// What tests do, and what was asked. It has no password: the fake belongs on this machine.
struct ServicesControlRoutes {
    let fake: ServicesFake

    func add(to router: Router<BasicRequestContext>) {
        let routes = router.group("/fake")
        routes.post("faults") { request, _ in try await taken(request, addFault) }
        routes.post("settings") { request, _ in try await taken(request, set) }
        routes.post("reports") { request, _ in try await taken(request, report) }
        routes.post("received") { request, _ in try await taken(request, receive) }
        routes.post("events") { request, _ in try await taken(request, tell) }
        routes.post("zid/products") { request, _ in try await taken(request) { await fake.putZidProducts($0) } }
        routes.post("zid/orders") { request, _ in try await taken(request) { await fake.placeZidOrder($0) } }
        routes.post("zid/changes") { request, _ in try await taken(request) { await fake.changeZidOrder($0) } }
        routes.post("zid/tell") { request, _ in try await taken(request) { await fake.tellZid($0) } }
        routes.post("zid/register") { request, _ in try await taken(request) { await fake.registerAtZid($0) } }
        routes.post("zid/break") { _, _ -> Response in .json(await fake.breakZidWebhooks()) }
        routes.post("reset") { _, _ -> Response in
            await fake.reset()
            return .json(["success": true])
        }
        routes.get("log") { _, _ -> Response in .json(await log()) }
        router.get("/") { _, _ in
            "Twilio, SendGrid, Google Calendar, Slack, Seha, Tatman and Zid, as far as the hub knows them. See /fake/log.\n"
        }
    }

    /// Of `run`: nil for what means nothing.
    private func taken(_ request: Request, _ run: (JSON) async throws -> JSON?) async throws -> Response {
        guard let answer = try await run(try await GraphRoutes.json(request)) else {
            return .json(["error": "a member is missing or not known"], status: 400)
        }
        return .json(answer)
    }

    private func addFault(_ body: JSON) async -> JSON? {
        guard let fault = ServiceFault(body) else { return nil }
        await fake.add(fault)
        return ["success": true]
    }

    /// Any of the settings; an unknown one is refused, so that no test relies on nothing.
    private func set(_ body: JSON) async -> JSON? {
        for (name, value) in body.object ?? [:] {
            guard let value = value.string, await fake.set(name, value) else { return nil }
        }
        return ["success": true]
    }

    /// `{sid, status, error_code?}`: Twilio tells it where the message says.
    private func report(_ body: JSON) async -> JSON? {
        guard let sid = body["sid"]?.string, let status = body["status"]?.string else { return nil }
        return ["answer": .integer(Int64(await fake.report(sid, status, code: body["error_code"]?.integer)))]
    }

    /// `{from, body, webhook}`: somebody writes an SMS.
    private func receive(_ body: JSON) async -> JSON? {
        guard let from = body["from"]?.string, let text = body["body"]?.string,
            let webhook = body["webhook"]?.string
        else { return nil }
        return ["answer": .integer(Int64(await fake.receive(text, from: from, at: webhook)))]
    }

    /// `{events, timestamp?}`: SendGrid tells them, as old as they are said to be.
    private func tell(_ body: JSON) async -> JSON? {
        guard let events = body["events"]?.array else { return nil }
        return ["answer": .integer(Int64(await fake.tell(events, at: body["timestamp"]?.double ?? ServicesFake.now)))]
    }

    private func log() async -> JSON {
        let world = await fake.world
        return [
            "requests": .array(await fake.log), "sms": .array(world.messages.map(\.json)),
            "mails": .array(world.mails), "posts": .array(world.posts.map(JSON.string)),
            "events": .array(Array(world.events.values)),
            "zid": [
                "products": .object(world.zid.products), "orders": .object(world.zid.orders),
                "quantities": .array(world.zid.quantities), "webhooks": .array(world.zid.webhooks),
                "renewals": .integer(Int64(world.zid.renewals)), "manager": .string(world["zid_manager"]),
                "refresh": .string(world["zid_refresh"]),
            ], "verification_key": .string(await fake.verificationKey),
        ]
    }
}
