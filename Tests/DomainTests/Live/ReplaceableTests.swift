import Testing

@testable import Domain

@Suite struct ReplaceableTests {
    private final class Client: Sendable {
        let name: String
        init(_ name: String) { self.name = name }
    }

    @Test func whoeverLooksFindsTheNewOneAndWhoeverHasTheOldOneKeepsIt() {
        let held = Replaceable<Client?>(Client("old"))
        let names = held.live.map { $0?.name ?? "none" }
        let mine = held.now
        held.replace(with: Client("new"))
        #expect(names.now == "new" && mine?.name == "old")
        held.replace(with: nil)
        #expect(names.now == "none" && mine?.name == "old")
    }

    @Test func theOldOneEndsWithItsLastUser() {
        let held = Replaceable(Client("old"))
        let isThere = { [weak old = held.now] in old != nil }
        var mine: Client? = held.now
        held.replace(with: Client("new"))
        #expect(isThere() && mine?.name == "old")
        mine = nil
        #expect(!isThere())
    }

    @Test func whatStaysAsItIsStays() {
        #expect(Live(always: 7).map { $0 + 1 }.now == 8)
    }
}
