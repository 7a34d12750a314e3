import Foundation

/// A store at Zid: products, orders, and the two keys that open it. Source: Zid "Merchant API".
struct ZidWorld: Sendable {
    /// By their ids.
    private(set) var products: [String: JSON] = [:]
    private(set) var orders: [String: JSON] = [:]
    /// What was set by PATCH, in its order.
    private(set) var quantities: [JSON] = []
    /// What it tells, and where to; with the name and password that it shows.
    private(set) var webhooks: [JSON] = []
    /// How often the keys were renewed.
    private(set) var renewals = 0
    private var keysEnd: Double?
    private var count = 0
    private var bucket: RateBucket?

    static let firstOrder = 44_834_000

    // MARK: What tests do

    /// `{id?, name, sku, price, quantity?, …}` as Zid has them; the id.
    mutating func put(product: JSON) -> String? {
        guard var members = product.object, members["name"] != nil else { return nil }
        let id = members["id"]?.string ?? UUID().uuidString.lowercased()
        members["id"] = .string(id)
        products[id] = .object(members)
        return id
    }

    /// `{customer?, items: [{product, quantity}], payment_status?, status?, …}`; the id.
    mutating func place(order: JSON, store: String, at now: Double) -> String? {
        guard let items = order["items"]?.array, !items.isEmpty else { return nil }
        var lines: [JSON] = []
        var total = 0.0
        for item in items {
            guard let id = item["product"]?.string, let product = products[id] else { return nil }
            let quantity = item["quantity"]?.integer ?? 1
            let price = product["price"]?.double ?? product["price"]?.string.flatMap(Double.init) ?? 0
            total += price * Double(quantity)
            lines.append([
                "id": .string(id), "parent_id": .null, "name": product["name"] ?? "", "sku": product["sku"] ?? .null,
                "quantity": .integer(quantity), "price": .number(price),
            ])
        }
        count += 1
        let id = Self.firstOrder + count
        let moment = Self.date(now)
        var members: [String: JSON] = [
            "id": .integer(Int64(id)), "code": .string("code\(id)"), "store_id": .integer(Int64(store) ?? 0),
            "order_status": ["name": "جديد", "code": order["status"] ?? "new"], "currency_code": "SAR",
            "customer": order["customer"] ?? [
                "id": 2_083_543, "name": "سارة", "email": "sara@example.net", "mobile": "966550448447",
            ],
            "order_total": .string(String(format: "%.14f", total)),
            "payment_status": order["payment_status"] ?? "pending",
            "is_marketplace_order": order["is_marketplace_order"] ?? false, "language": "ar",
            "created_at": .string(moment), "updated_at": .string(moment), "products": .array(lines),
        ]
        if let code = members["order_status"]?["code"] { members["order_status"] = ["name": code, "code": code] }
        orders[String(id)] = .object(members)
        return String(id)
    }

    /// Another state, payment or both.
    mutating func change(order id: String, _ change: JSON, at now: Double) -> Bool {
        guard var members = orders[id]?.object else { return false }
        if let status = change["status"] { members["order_status"] = ["name": status, "code": status] }
        if let payment = change["payment_status"] { members["payment_status"] = payment }
        members["updated_at"] = .string(Self.date(now))
        orders[id] = .object(members)
        return true
    }

    mutating func renewed(until end: Double) {
        renewals += 1
        keysEnd = end
    }

    /// As Zid does with those that fail too often.
    mutating func breakWebhooks() {
        webhooks = webhooks.map { webhook in
            var members = webhook.object ?? [:]
            members["status"] = "error"
            members["active"] = false
            return .object(members)
        }
    }

    // MARK: What the hub asks

    mutating func answer(_ request: ServiceRequest, _ settings: [String: String], at now: Double) -> ServiceReply {
        guard request.headers["authorization"] == "Bearer \(settings["zid_authorization"] ?? "")",
            request.headers["x-manager-token"] == settings["zid_manager"], now < keysEnd ?? .infinity
        else { return Self.refusal(401, "Unauthenticated.") }
        guard turn(Double(settings["zid_per_minute"] ?? "") ?? 60, at: now) else {
            return Self.refusal(429, "Too Many Attempts.")
        }
        let store = settings["zid_store"] ?? ""
        let parts = Array(request.parts.dropFirst(2))
        switch (request.method, parts.first, parts.count) {
        case ("GET", "managers", 3) where parts == ["managers", "account", "profile"]:
            return .json(
                200,
                [
                    "user": [
                        "id": 1, "email": "owner@shop.example",
                        "store": [
                            "id": .integer(Int64(store) ?? 0), "title": "متجر", "currency": ["code": "SAR"],
                        ],
                    ]
                ])
        case (_, "managers", 2) where parts[1] == "webhooks":
            guard settings["zid_may_register"] == "yes" else { return Self.refusal(403, "Forbidden") }
            return registration(request)
        case (_, "products", _):
            guard request.headers["store-id"] == store else { return Self.refusal(401, "No such user") }
            return product(request, parts)
        case ("GET", "managers", 3) where parts == ["managers", "store", "orders"]:
            return list(request)
        case ("GET", "managers", 5) where parts[2] == "orders" && parts[4] == "view":
            guard let order = orders[parts[3]] else { return Self.refusal(404, "Order not found") }
            return .json(200, ["status": "object", "order": order])
        default:
            return Self.refusal(404, "Not found")
        }
    }

    private mutating func product(_ request: ServiceRequest, _ parts: [String]) -> ServiceReply {
        if parts.count == 1, request.method == "GET" {
            let (number, size) = Self.page(request, size: "page_size")
            let all = products.sorted { $0.key < $1.key }.map(\.value)
            let isLast = number * size >= all.count
            return .json(
                200,
                [
                    "count": .integer(Int64(all.count)), "previous": .null,
                    "next": isLast ? .null : .string("?page=\(number + 1)"),
                    "results": .array(Array(all.dropFirst((number - 1) * size).prefix(size))),
                ])
        }
        guard parts.count == 2, let known = products[parts[1]], var members = known.object else {
            return Self.refusal(404, "Not found.")
        }
        guard request.method == "PATCH" else { return .json(200, known) }
        guard let change = request.json?.object else { return Self.refusal(422, "Not JSON") }
        for (name, value) in change { members[name] = value }
        products[parts[1]] = .object(members)
        quantities.append(["product": .string(parts[1]), "quantity": change["quantity"] ?? .null])
        return .json(200, .object(members))
    }

    /// Source: Zid "Create a Webhook", "List of Webhooks", "Delete a Webhook by original id".
    private mutating func registration(_ request: ServiceRequest) -> ServiceReply {
        switch request.method {
        case "GET":
            return .json(
                200,
                [
                    "data": .array(
                        webhooks.map { webhook in
                            var members = webhook.object ?? [:]
                            (members["username"], members["password"]) = (nil, nil)
                            return .object(members)
                        })
                ])
        case "POST":
            return register(request.json ?? .null)
        case "DELETE":
            let number = request.query["original_id"].flatMap { Int64($0) }
            let before = webhooks.count
            webhooks.removeAll { $0["original_id"]?.integer == number }
            return before == webhooks.count ? Self.refusal(404, "Not found") : .json(200, ["status": "success"])
        default:
            return Self.refusal(405, "Method not allowed")
        }
    }

    mutating func register(_ new: JSON) -> ServiceReply {
        guard var members = new.object, new["event"]?.string != nil, new["target_url"]?.string != nil,
            new["original_id"]?.integer != nil, new["subscriber"]?.string != nil, new["username"]?.string != nil,
            new["password"]?.string != nil
        else { return Self.refusal(422, "Inputs") }
        let isThere = webhooks.contains { $0["event"] == new["event"] && $0["target_url"] == new["target_url"] }
        guard !isThere else { return Self.refusal(409, "Already exists") }
        members["id"] = .string(UUID().uuidString.lowercased())
        members["status"] = "ready"
        members["active"] = true
        webhooks.append(.object(members))
        return .json(201, ["id": members["id"] ?? .null, "status": "ready"])
    }

    private func list(_ request: ServiceRequest) -> ServiceReply {
        let (number, size) = Self.page(request, size: "per_page")
        let from = request.query["date_from"] ?? ""
        let all = orders.values.filter { ($0["created_at"]?.string ?? "") >= from }
            .sorted { ($0["id"]?.integer ?? 0) > ($1["id"]?.integer ?? 0) }
        // A list says less of each than the order itself.
        let shown = all.dropFirst((number - 1) * size).prefix(size).map { order -> JSON in
            var members = order.object ?? [:]
            members["products"] = nil
            return .object(members)
        }
        return .json(
            200, ["status": "object", "orders": .array(shown), "total_order_count": .integer(Int64(all.count))])
    }

    private static func page(_ request: ServiceRequest, size: String) -> (Int, Int) {
        (max(1, Int(request.query["page"] ?? "") ?? 1), min(100, max(1, Int(request.query[size] ?? "") ?? 15)))
    }

    private mutating func turn(_ perMinute: Double, at now: Double) -> Bool {
        if bucket?.capacity != perMinute {
            bucket = RateBucket(capacity: perMinute, perSecond: perMinute / 60, at: now)
        }
        return bucket?.take(at: now) ?? true
    }

    static func refusal(_ status: Int, _ message: String) -> ServiceReply {
        .json(
            status,
            ["status": "error", "message": ["type": "error", "code": .null, "description": .string(message)]])
    }

    /// As Zid writes it, in UTC.
    private static func date(_ now: Double) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return format.string(from: Date(timeIntervalSince1970: now))
    }
}
