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

    /// `{id, events, webhooks, user?, password?, times?, bare?}`: each event to each address so many times, all at once
    /// and so in no order. With `bare`, the order comes without a word about the event. The statuses of the answers.
    func tellZid(_ body: JSON) async -> JSON? {
        guard let id = body["id"]?.string, let order = world.zid.orders[id]?.object,
            let events = body["events"]?.array?.compactMap(\.string),
            let addresses = body["webhooks"]?.array?.compactMap(\.string)
        else { return nil }
        let login = Data("\(body["user"]?.string ?? ""):\(body["password"]?.string ?? "")".utf8).base64EncodedString()
        let headers = [("Content-Type", "application/json"), ("Authorization", "Basic \(login)")]
        let times = max(1, Int(body["times"]?.integer ?? 1))
        let answers = await withTaskGroup(of: Int.self) { group -> [Int] in
            for event in events {
                var members = order
                if body["bare"]?.bool != true { members["event"] = .string(event) }
                let bytes = Array(JSON.object(members).text.utf8)
                for address in addresses {
                    for _ in 0..<times { group.addTask { await self.post(bytes, to: address, headers) } }
                }
            }
            var statuses: [Int] = []
            for await status in group { statuses.append(status) }
            return statuses
        }
        return ["answers": .array(answers.map { .integer(Int64($0)) })]
    }
}
