import Synchronization

/// A value that is replaced as a whole while others use it.
///
/// Those keep what they took: an old client lives until the last request on it has ended.
package final class Replaceable<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    package init(_ value: Value) {
        held = Mutex(value)
    }

    package var now: Value { held.withLock { $0 } }

    package var live: Live<Value> { Live { self.now } }

    package func replace(with value: Value) {
        // What was there is let go outside of the lock: its end may be work.
        let old = held.withLock { held in
            defer { held = value }
            return held
        }
        withExtendedLifetime(old) {}
    }

    package func change(_ edit: (inout Value) -> Void) {
        held.withLock { edit(&$0) }
    }
}
