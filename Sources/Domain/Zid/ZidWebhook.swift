/// An event that Zid tells of, as it is registered there. Source: Zid "List of Webhooks".
package struct ZidWebhook: Sendable, Equatable {
    package let event: String
    package let target: String
    /// Our number for it; nil when Zid does not say it.
    package let number: Int64?
    /// False when Zid has stopped telling, because too much of it failed.
    package let isAlive: Bool

    package init(event: String, target: String, number: Int64?, isAlive: Bool = true) {
        self.event = event
        self.target = target
        self.number = number
        self.isAlive = isAlive
    }

    /// Nil for what is none.
    package init?(_ json: JSONValue) {
        guard let event = json["event"]?.string, let target = json["target_url"]?.string else { return nil }
        let number = json["original_id"]?.wholeNumber ?? json["original_id"]?.string.flatMap { Int64($0) }
        let status = json["status"]?.string?.lowercased()
        self.init(
            event: event.lowercased(), target: target, number: number,
            isAlive: json["active"]?.bool != false && status != "error" && status != "inactive" && status != "broken")
    }

    /// All that are registered: a list, or one in `data`, `results` or `webhooks`. Nil for what is no list.
    package static func list(_ json: JSONValue) -> [ZidWebhook]? {
        let list = json.array ?? ["data", "results", "webhooks"].lazy.compactMap { json[$0]?.array }.first
        return list?.compactMap(ZidWebhook.init)
    }
}
