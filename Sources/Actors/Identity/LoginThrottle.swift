package import Domain
import Synchronization

/// The bound on guessing, shared by all that look at passwords and links.
package final class LoginThrottle: Sendable {
    private let limiter: Mutex<LoginLimiter>

    package init(_ limits: LoginLimits) {
        limiter = Mutex(LoginLimiter(limits))
    }

    /// Counts an attempt before the secret is looked at. Throws `rate_limited`.
    func begin(account: String, address: NetworkAddress?, at now: Timestamp) throws(HubError) {
        try limiter.withLock { limiter throws(HubError) in
            try limiter.begin(account: account, address: address, at: now)
        }
    }

    /// The secret was right: the attempt is not held against anybody.
    func succeeded(account: String, address: NetworkAddress?) {
        limiter.withLock { $0.succeeded(account: account, address: address) }
    }
}
