/// A thing that says by its version whether it changed since somebody read it.
package protocol Versioned {
    /// Rises with every change, from 1.
    var version: Int64 { get set }
    var changedAt: Timestamp { get set }
}

extension Versioned {
    /// Throws `stale` when it is not of the version that the caller read; nil takes any.
    package func require(_ expected: Int64?) throws(HubError) {
        guard expected == nil || expected == version else { throw .stale }
    }

    /// It was changed. Hubs' clocks differ, and its time never goes back.
    package mutating func touch(at moment: Timestamp) {
        version += 1
        changedAt = max(moment, changedAt)
    }
}
