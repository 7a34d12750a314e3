/// What deliveries of a provider are verified with: the key of now, and for a while those before it.
///
/// An owner changes a key here and there, one after the other, and what is signed in between is not lost. Without a key
/// of now nothing is believed.
package struct WebhookKeys<Key: Sendable>: Sendable {
    private struct Former: Sendable {
        let key: Key
        let goodUntil: Timestamp
    }

    /// More of them are forgotten.
    private static var maxFormer: Int { 3 }

    package let current: Key?
    private let former: [Former]

    /// - Parameter current: Nil when the service is not connected, or has no key.
    package init(_ current: Key?) {
        self.current = current
        former = []
    }

    private init(_ current: Key, _ former: [Former]) {
        self.current = current
        self.former = former
    }

    /// With a new key. Without one, those before it end as well: the service is turned off.
    ///
    /// - Parameter grace: How long the key of now is good from `moment` on.
    package func renewed(with key: Key?, grace: Duration, at moment: Timestamp) -> WebhookKeys {
        guard let key else { return WebhookKeys(nil) }
        var former = former.filter { moment < $0.goodUntil }
        if let current, grace > .zero { former.insert(Former(key: current, goodUntil: moment + grace), at: 0) }
        return WebhookKeys(key, Array(former.prefix(Self.maxFormer)))
    }

    /// Whether one of the keys that are good says so; the one of now is asked first.
    package func contains(at moment: Timestamp, where isGood: (Key) -> Bool) -> Bool {
        guard let current else { return false }
        return isGood(current) || former.contains { moment < $0.goodUntil && isGood($0.key) }
    }
}
