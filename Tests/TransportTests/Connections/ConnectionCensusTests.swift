import Domain
import Testing

@testable import Transport

@Suite struct ConnectionCensusTests {
    private let limits = ConnectionLimits(maxConnections: 10, maxPerAddress: 3)
    private let office = NetworkAddress("192.0.2.1")!
    private let phone = NetworkAddress("2001:db8:1:2::1")!

    @Test func anAddressHasItsLimitAndItsHardLimit() {
        var census = ConnectionCensus(limits: limits)
        let admissions = (0..<8).map { _ in census.enter(office) }
        #expect(
            admissions == [.welcome, .welcome, .welcome, .tooMany, .tooMany, .tooMany] + [
                .dropped(.address), .dropped(.address),
            ])
        #expect(census.count == 6, "who was dropped is not counted")
        #expect(census.enter(NetworkAddress("192.0.2.2")) == .welcome)
        for _ in 0..<4 { census.leave(office) }
        #expect(census.enter(office) == .welcome)
        #expect(census.enter(office) == .tooMany)
    }

    @Test func anIPv6SubscriberIsOneAddress() {
        var census = ConnectionCensus(limits: limits)
        let subscriber = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:2::3"].map { NetworkAddress($0)! }
        for address in subscriber { #expect(census.enter(address) == .welcome) }
        #expect(census.enter(phone) == .tooMany)
        #expect(census.enter(NetworkAddress("2001:db8:1:3::1")) == .welcome)
        // The IPv6 spelling of an IPv4 address is that address.
        for _ in 0..<3 { _ = census.enter(office) }
        #expect(census.enter(NetworkAddress("::ffff:192.0.2.1")) == .tooMany)
    }

    @Test func aFullHubServesHTTPUpToItsMargin() {
        var census = ConnectionCensus(limits: limits)
        let admissions = (0..<28).map { _ in census.enter(nil) }
        #expect(admissions.prefix(10).allSatisfy { $0 == .welcome })
        #expect(admissions[10..<26].allSatisfy { $0 == .httpOnly })
        #expect(admissions[26...].allSatisfy { $0 == .dropped(.all) })
        for _ in 0..<17 { census.leave(nil) }
        #expect(census.enter(office) == .welcome)
    }

    @Test func socketsBehindAProxyAreClaimed() {
        var census = ConnectionCensus(limits: limits)
        for _ in 0..<3 {
            #expect(census.enter(nil) == .welcome)
            #expect(census.claim(phone) == true)
        }
        #expect(census.claim(phone) == false)
        census.release(phone)
        #expect(census.claim(phone) == true)
        #expect(census.enter(phone) == .tooMany, "an address is one, whichever way it comes")
    }

    @Test(arguments: 1...20)
    func nothingIsLeftWhenAllHaveLeft(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var census = ConnectionCensus(limits: limits)
        let addresses = [nil, office, phone, NetworkAddress("198.51.100.7")]
        var inside: [NetworkAddress?] = []
        for _ in 0..<500 {
            if Bool.random(using: &random), !inside.isEmpty {
                census.leave(inside.remove(at: Int.random(in: inside.indices, using: &random)))
            } else {
                let address = addresses.randomElement(using: &random)!
                switch census.enter(address) {
                case .welcome, .httpOnly, .tooMany: inside.append(address)
                case .dropped: break
                }
            }
            #expect(census.count == inside.count)
            #expect(census.count <= limits.hardLimit)
            for address in [office, phone] {
                #expect(inside.count { $0 == address } <= limits.hardLimitPerAddress)
            }
        }
        for address in inside { census.leave(address) }
        #expect(census.count == 0 && census.networks == 0)
    }
}
