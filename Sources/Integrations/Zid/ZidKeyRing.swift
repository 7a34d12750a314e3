package import Domain
import Synchronization

/// The two keys of a store, which may be replaced while requests are under way.
package final class ZidKeyRing: Sendable {
    /// They never print themselves.
    package struct Keys: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
        package let authorization: String
        package let manager: String

        package init(authorization: String, manager: String) {
            self.authorization = authorization
            self.manager = manager
        }

        package var description: String { "the keys of a store" }
        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    private let keys: Mutex<Keys>
    private let renewal: (any ZidKeyRenewal)?
    private let patience: Duration

    private static let glance = Duration.milliseconds(50)

    /// - Parameters:
    ///   - renewal: Nil when nobody renews them.
    ///   - patience: How long a request waits for new ones.
    package init(_ keys: Keys, renewal: (any ZidKeyRenewal)?, patience: Duration) {
        self.keys = Mutex(keys)
        self.renewal = renewal
        self.patience = patience
    }

    var isRenewed: Bool { renewal != nil }

    var now: Keys { keys.withLock { $0 } }

    func replace(with new: Keys) { keys.withLock { $0 = new } }

    /// Others than those that Zid has just refused, once they are stored; nil when none come.
    func newer(than refused: Keys) async -> Keys? {
        if let newer = other(than: refused) { return newer }
        guard let renewal else { return nil }
        renewal.wanted()
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end, !renewal.isHopeless {
            do { try await Task.sleep(for: Self.glance) } catch { break }
            if let newer = other(than: refused) { return newer }
        }
        return other(than: refused)
    }

    private func other(than refused: Keys) -> Keys? {
        let keys = now
        return keys == refused ? nil : keys
    }
}
