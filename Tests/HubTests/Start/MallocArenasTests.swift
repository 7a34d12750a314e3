import Testing

@testable import Hub

@Suite struct MallocArenasTests {
    @Test(arguments: [(1, 2), (2, 2), (64, 64)])
    func thereIsOneForEachCore(cores: Int, most: Int32) {
        #expect(MallocArenas.most(cores: cores, environment: [:]) == most)
    }

    @Test func theOperatorsWordStands() {
        #expect(MallocArenas.most(cores: 2, environment: ["MALLOC_ARENA_MAX": "8"]) == nil)
    }
}
