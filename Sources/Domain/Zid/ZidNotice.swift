/// What a webhook of Zid tells: that something has happened to something. What it is now is asked afterwards.
///
/// Zid signs nothing and says neither in which order it tells nor how often. So nothing of a webhook is believed but
/// that there is a reason to look, and only that is kept: the rest is data of a customer that nobody here needs.
package struct ZidNotice: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        case order(String)
        case product(String)
        /// Nothing that the hub acts on.
        case other
    }

    package let event: String
    package let id: String
    /// When it changed, as Zid writes it: in whole seconds.
    package let updatedAt: String?
    /// Where an order is said to be. Two states of one second are two events.
    private let state: String?

    private init(event: String, id: String, updatedAt: String?, state: String?) {
        self.event = event
        self.id = id
        self.updatedAt = updatedAt
        self.state = state
    }

    /// Of a delivery: the object itself, or `{"event", "payload"}` around it. Nil without an id.
    package init?(delivery json: JSONValue) {
        let object = json["payload"] ?? json["data"] ?? json["order"] ?? json["product"] ?? json
        guard let id = ZidReading.id(object["id"]) ?? ZidReading.id(object["order_id"]) else { return nil }
        let status = object["order_status"]
        let said = ZidReading.text(json["event"], maxLength: 64) ?? ZidReading.text(json["type"], maxLength: 64)
        guard let event = said ?? (status == nil ? nil : "order") else { return nil }
        let words = [status?["code"] ?? status, object["payment_status"]].map {
            ZidReading.text($0, maxLength: 64) ?? ""
        }
        self.init(
            event: event.lowercased(), id: id, updatedAt: ZidReading.text(object["updated_at"], maxLength: 64),
            state: status == nil ? nil : words.joined(separator: ".").lowercased())
    }

    package var subject: Subject {
        if event.hasPrefix("order") { return .order(id) }
        return event.hasPrefix("product") ? .product(id) : .other
    }

    /// What is kept of a delivery: equal for equal events of an object at a moment, so that a repeat is found. Without
    /// a moment nothing is a repeat of anything but the very same bytes.
    package static func kept(of body: [UInt8]) -> [UInt8] {
        guard let json = try? JSONParser.parse(String(decoding: body, as: UTF8.self), maxDepth: 32),
            let notice = ZidNotice(delivery: json), let updatedAt = notice.updatedAt
        else { return body }
        let parts: [JSONValue] = [
            .string(notice.event), .string(notice.id), .string(updatedAt), .optional(notice.state),
        ]
        return Array(JSONValue.array(parts).text.utf8)
    }

    /// Reads what `kept` gave. Nil when it tells nothing.
    package init?(kept body: [UInt8]) {
        guard let json = try? JSONParser.parse(String(decoding: body, as: UTF8.self), maxDepth: 32) else { return nil }
        guard let parts = json.array else {
            self.init(delivery: json)
            return
        }
        guard parts.count == 4, let event = parts[0].string, let id = parts[1].string, ZidReading.isID(id) else {
            return nil
        }
        self.init(event: event, id: id, updatedAt: parts[2].string, state: parts[3].string)
    }
}
