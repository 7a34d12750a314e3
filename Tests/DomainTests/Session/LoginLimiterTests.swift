import Domain
import Testing

@Suite struct LoginLimiterTests {
    private let start = Timestamp(milliseconds: 9_000_000)
    private let home = NetworkAddress("192.0.2.1")

    private func limiter(account: Double = 3, address: Double = 5, tracked: Int = 100) -> LoginLimiter {
        var limits = LoginLimits()
        limits.accountBurst = account
        limits.accountPerMinute = 6
        limits.addressBurst = address
        limits.addressPerMinute = 60
        limits.maxTracked = tracked
        return LoginLimiter(limits)
    }

    private func wait(_ limiter: inout LoginLimiter, _ account: String, _ address: NetworkAddress?) -> Duration? {
        do {
            try limiter.begin(account: account, address: address, at: start)
            return nil
        } catch {
            #expect(error.code == .rateLimited)
            return error.retryAfter
        }
    }

    @Test func oneAccountIsGuessedSlowlyFromManyAddresses() {
        var limiter = limiter()
        for last in 1...3 { #expect(wait(&limiter, "a@x", NetworkAddress("192.0.2.\(last)")) == nil) }
        #expect(wait(&limiter, "a@x", NetworkAddress("192.0.2.99")) == .seconds(10))
        #expect(wait(&limiter, "b@x", NetworkAddress("192.0.2.98")) == nil)
    }

    @Test func oneAddressIsSlowOverManyAccounts() {
        var limiter = limiter()
        for index in 0..<5 { #expect(wait(&limiter, "user\(index)@x", home) == nil) }
        #expect(wait(&limiter, "another@x", home) == .seconds(1))
        #expect(wait(&limiter, "another@x", NetworkAddress("192.0.2.2")) == nil)
    }

    @Test func oneSubscriberOfIPv6IsOneAddress() {
        var limiter = limiter()
        for index in 0..<5 { #expect(wait(&limiter, "\(index)@x", NetworkAddress("2001:db8:1:2::\(index)")) == nil) }
        #expect(wait(&limiter, "9@x", NetworkAddress("2001:db8:1:2:ffff::1")) != nil)
        #expect(wait(&limiter, "9@x", NetworkAddress("2001:db8:1:3::1")) == nil)
    }

    @Test func successIsNotHeldAgainstAnybody() {
        var limiter = limiter()
        for _ in 0..<50 {
            #expect(wait(&limiter, "a@x", home) == nil)
            limiter.succeeded(account: "a@x", address: home)
        }
    }

    @Test func peersWithoutAddressShareOne() {
        var limiter = limiter()
        for index in 0..<5 { #expect(wait(&limiter, "\(index)@x", nil) == nil) }
        #expect(wait(&limiter, "9@x", nil) != nil)
    }
}
