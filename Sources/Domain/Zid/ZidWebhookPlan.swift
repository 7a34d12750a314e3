/// What is to be done so that Zid tells this hub of its orders, each event once.
///
/// What somebody else registered is left alone: only our own numbers are removed. One that Zid has given up is
/// registered under another address, because Zid takes no address back that failed too often; the address differs in a
/// query that means nothing to us.
package struct ZidWebhookPlan: Sendable, Equatable {
    /// What is wanted. It never prints its secrets.
    package struct Wish: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        /// Where deliveries come to, with the secret part.
        package let target: String
        package let user: String
        package let password: String
        /// Whose registrations they are: numbers are made of it.
        package let owner: IntegrationID

        package init(target: String, user: String, password: String, owner: IntegrationID) {
            self.target = target
            self.user = user
            self.password = password
            self.owner = owner
        }

        /// The same for an event of this hub's database for ever, and hardly ever that of another's.
        package func number(of event: String) -> Int64 {
            // FNV-1a, 64 bits.
            let hash = "\(owner.text).\(event)".utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            return Int64(hash % 2_147_483_646) + 1
        }

        package var description: String { "where Zid is to tell" }
        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// All of them are about orders: products are looked at by the clock, and each event costs a request.
    package static let events = ["order.create", "order.status.update", "order.payment_status.update"]

    /// Of ours, to be removed first.
    package private(set) var removals: [Int64] = []
    package private(set) var registrations: [ZidRegistration] = []

    package var isEmpty: Bool { removals.isEmpty && registrations.isEmpty }

    /// - Parameters:
    ///   - listed: What is registered.
    ///   - isLoginNew: Whether what is registered shows another name or password than is wanted.
    package init(_ wish: Wish, listed: [ZidWebhook], isLoginNew: Bool, at moment: Timestamp) {
        for event in Self.events {
            let number = wish.number(of: event)
            let ofEvent = listed.filter { $0.event == event }
            let here = ofEvent.filter { Self.bare($0.target) == wish.target }
            let ours = ofEvent.filter { Self.isOurs($0, number, wish) }
            let isClean = ours.count <= 1 && ours.allSatisfy { Self.bare($0.target) == wish.target && $0.isAlive }
            if !isLoginNew && isClean && here.contains(where: \.isAlive) { continue }
            if !ours.isEmpty { removals.append(number) }
            // By somebody else, who registered the same.
            let isTold = here.contains { $0.isAlive && !Self.isOurs($0, number, wish) }
            if isTold && !isLoginNew { continue }
            let target = here.isEmpty ? wish.target : "\(wish.target)?since=\(moment.milliseconds / 1000)"
            registrations.append(
                ZidRegistration(
                    event: event, target: target, number: number, user: wish.user, password: wish.password))
        }
    }

    /// Whether it goes with our number. Where Zid says no numbers, the secret in the address tells.
    private static func isOurs(_ webhook: ZidWebhook, _ number: Int64, _ wish: Wish) -> Bool {
        guard let theirs = webhook.number else { return hasSecret(webhook.target, of: wish.target) }
        return theirs == number
    }

    private static func bare(_ target: String) -> String {
        String(target.prefix { $0 != "?" })
    }

    /// Whether it ends in the same secret, wherever it leads.
    private static func hasSecret(_ target: String, of wanted: String) -> Bool {
        guard let secret = wanted.split(separator: "/").last else { return false }
        return bare(target).hasSuffix("/\(secret)")
    }

    /// Where Zid can reach this hub; nil when it cannot.
    ///
    /// - Parameters:
    ///   - address: Of the webhook under `PUBLIC_URL`; nil without one.
    ///   - api: Of Zid. Zid takes `https` alone; what stands in for it on plain `http` takes any.
    package static func target(_ address: String?, secret: String, api: String?) -> String? {
        guard let address, address.hasPrefix("https://") || api?.hasPrefix("http://") == true else { return nil }
        return "\(address)/\(secret)"
    }
}
