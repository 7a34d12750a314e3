import Testing

@testable import HubLoad

@Suite struct InflaterTests {
    private func plain(_ packed: [UInt8], _ inflater: Inflater) throws -> String {
        try packed.withUnsafeBytes { String(decoding: try inflater.message($0), as: UTF8.self) }
    }

    /// The examples of RFC 7692, 7.2.3.
    @Test(
        arguments: [
            [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
            [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
            [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
        ] as [[UInt8]]) func readsTheExamplesOfTheStandard(packed: [UInt8]) throws
    {
        #expect(try plain(packed, Inflater()) == "Hello")
    }

    @Test func inflatesTheSameBytesOnce() throws {
        let inflater = Inflater()
        for _ in 0..<3 {
            #expect(try plain([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], inflater) == "Hello")
        }
        #expect(inflater.inflatedMessages == 1)
    }

    @Test func refusesWhatIsCorrupt() {
        #expect(throws: LoadError.self) { try plain([0xFF, 0xFF, 0xFF, 0xFF], Inflater()) }
    }
}
