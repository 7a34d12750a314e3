import Testing

@testable import RestFacade

@Suite struct ByteRangeTests {
    @Test(
        arguments: [
            ("bytes=0-99", 0, 99), ("bytes=0-0", 0, 0), ("bytes=999-999", 999, 999), ("bytes=500-", 500, 999),
            ("bytes=0-", 0, 999), ("bytes=0-5000", 0, 999), ("bytes=990-1000", 990, 999), ("bytes=-1", 999, 999),
            ("bytes=-1000", 0, 999), ("bytes=-5000", 0, 999), ("Bytes=1-2", 1, 2), ("bytes= 1-2 ", 1, 2),
            ("bytes=3-99999999999999999999", 3, 999), ("bytes=-99999999999999999999", 0, 999), ("bytes=007-010", 7, 10),
        ] as [(String, Int64, Int64)])
    func partIsInsideTheFile(header: String, first: Int64, last: Int64) {
        #expect(RangeRequest(header, size: 1000) == .part(ByteRange(first: first, last: last)))
    }

    @Test(arguments: ["bytes=1000-", "bytes=1000-1001", "bytes=99999999999999999999-", "bytes=-0"])
    func rangeBehindTheEndIsUnsatisfiable(header: String) {
        #expect(RangeRequest(header, size: 1000) == .unsatisfiable)
    }

    @Test(arguments: [
        nil, "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1-b", "bytes=5-4", "bytes=1", "bytes=1-2-3",
        "bytes=--1", "bytes=+1-2", "bytes=0-1,5-6", "bytes=0x1-2", "bytes=١-٢", "lines=1-2", "=1-2", "bytes=1 -2",
    ])
    func whatIsNoSingleRangeAsksForAll(header: String?) {
        #expect(RangeRequest(header, size: 1000) == .whole)
    }

    @Test func emptyFileHasNoPart() {
        #expect(RangeRequest("bytes=0-", size: 0) == .unsatisfiable)
        #expect(RangeRequest("bytes=-5", size: 0) == .unsatisfiable)
    }

    @Test func partKnowsItsCountAndHeader() {
        let part = ByteRange(first: 10, last: 19)
        #expect(part.count == 10)
        #expect(part.contentRange(ofSize: 1000) == "bytes 10-19/1000")
    }
}
