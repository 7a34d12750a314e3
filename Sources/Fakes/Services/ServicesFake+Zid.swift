import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What tests do at the store of Zid, and what it tells.
extension ServicesFake {
    /// `{products: [{…}]}`; their ids.
    func putZidProducts(_ body: JSON) -> JSON? {
        guard let products = body["products"]?.array else { return nil }
        let ids = products.compactMap { world.zid.put(product: $0) }
        return ids.count == products.count ? ["ids": .array(ids.map(JSON.string))] : nil
    }

    func placeZidOrder(_ body: JSON) -> JSON? {
        world.zid.place(order: body, store: world["zid_store"], at: Self.now).map { ["id": .string($0)] }
    }

    /// `{id, status?, payment_status?}`.
    func changeZidOrder(_ body: JSON) -> JSON? {
        guard let id = body["id"]?.string, world.zid.change(order: id, body, at: Self.now) else { return nil }
        return ["success": true]
    }

    /// As somebody else of the same app does: `{event, target_url, original_id, subscriber, username, password}`.
    func registerAtZid(_ body: JSON) -> JSON? {
        world.zid.register(body).status == 201 ? ["success": true] : nil
    }

    func breakZidWebhooks() -> JSON {
        world.zid.breakWebhooks()
        return ["success": true]
    }

    /// `{id, events, webhooks?, user?, password?, times?, bare?}`: each event to each address so many times, all at
    /// once and so in no order; without addresses, to those that are registered. With `bare`, the order comes without a
    /// word about the event. The statuses of the answers.
    func tellZid(_ body: JSON) async -> JSON? {
        guard let id = body["id"]?.string, let order = world.zid.orders[id]?.object,
            let events = body["events"]?.array?.compactMap(\.string)
        else { return nil }
        let times = max(1, Int(body["times"]?.integer ?? 1))
        let told = events.map { (event: $0, doors: doors(body, $0)) }
        let answers = await withTaskGroup(of: Int.self) { group -> [Int] in
            for (event, doors) in told {
                var members = order
                if body["bare"]?.bool != true { members["event"] = .string(event) }
                let bytes = Array(JSON.object(members).text.utf8)
                for door in doors {
                    let headers = [("Content-Type", "application/json"), ("Authorization", "Basic \(door.login)")]
                    for _ in 0..<times { group.addTask { await self.post(bytes, to: door.address, headers) } }
                }
            }
            var statuses: [Int] = []
            for await status in group { statuses.append(status) }
            return statuses
        }
        return ["answers": .array(answers.map { .integer(Int64($0)) })]
    }

    /// Where an event is told, and what is shown there.
    private func doors(_ body: JSON, _ event: String) -> [(address: String, login: String)] {
        func login(_ body: JSON, _ name: String) -> String {
            Data("\(body[name]?.string ?? ""):\(body["password"]?.string ?? "")".utf8).base64EncodedString()
        }
        if let addresses = body["webhooks"]?.array?.compactMap(\.string) {
            return addresses.map { ($0, login(body, "user")) }
        }
        return world.zid.webhooks.filter { $0["event"]?.string == event && $0["active"]?.bool == true }
            .compactMap { webhook in webhook["target_url"]?.string.map { ($0, login(webhook, "username")) } }
    }
}
