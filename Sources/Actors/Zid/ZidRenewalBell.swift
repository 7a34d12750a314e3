import Domain
import Synchronization

/// Tells who renews the keys of Zid that they were refused, and those who were refused whether to wait.
package final class ZidRenewalBell: ZidKeyRenewal {
    private struct State {
        /// Not looked at yet.
        var isRefused = false
        var isHopeless = false
    }

    private let state = Mutex(State())
    let wakeUps = WakeUps()

    package init() {}

    package func wanted() {
        state.withLock { $0 = State(isRefused: true, isHopeless: false) }
        wakeUps.wake()
    }

    package var isHopeless: Bool { state.withLock { $0.isHopeless } }

    /// Something else is stored, or used.
    package func ring() { wakeUps.wake() }

    /// Whether somebody was refused since the last look.
    func takeRefusal() -> Bool {
        state.withLock { state in
            defer { state.isRefused = false }
            return state.isRefused
        }
    }

    /// What came of a look; a refusal since then is another matter.
    func looked(isHopeless: Bool) {
        state.withLock { state in
            guard !state.isRefused else { return }
            state.isHopeless = isHopeless
        }
    }
}
