import NIOCore
import Testing

@testable import Transport

@Suite struct InflaterTests {
    private func inflate(_ bytes: [UInt8], limit: Int = 1_000) -> Result<ByteBuffer, CompressionFailure> {
        Result { () throws(CompressionFailure) in
            var inflater = try Inflater()
            var message = ByteBuffer(bytes: bytes)
            return try inflater.inflate(&message, limit: limit)
        }
    }

    private func deflate(_ bytes: [UInt8], level: Int = 9) throws -> [UInt8] {
        var deflater = try Deflater(Deflater.Settings(level: level))
        var output = ByteBuffer()
        _ = deflater.deflate(ByteBuffer(bytes: bytes), into: &output)
        return Array(buffer: output)
    }

    static let vectors: [(section: String, compressed: [UInt8], text: String)] = [
        ("7.2.3.1", [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], "Hello"),
        ("7.2.3.3", [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00], "Hello"),
        ("7.2.3.4", [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], "Hello"),
        ("7.2.3.5", [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00], "Hello"),
        ("7.2.3.6", [0x00], ""),
    ]

    @Test("Examples of RFC 7692", arguments: vectors)
    func examples(section: String, compressed: [UInt8], text: String) throws {
        #expect(try self.inflate(compressed).get() == ByteBuffer(string: text))
    }

    @Test("RFC 7692 section 7.2.3.2: the second Hello refers to the first")
    func sharedWindow() throws {
        var inflater = try Inflater()
        var first = ByteBuffer(bytes: [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        var second = ByteBuffer(bytes: [0xF2, 0x00, 0x11, 0x00, 0x00])
        let copy = second
        #expect(try inflater.inflate(&first, limit: 100) == ByteBuffer(string: "Hello"))
        #expect(try inflater.inflate(&second, limit: 100) == ByteBuffer(string: "Hello"))
        inflater.reset()
        second = copy
        #expect(throws: CompressionFailure.corrupt) { try inflater.inflate(&second, limit: 100) }
    }

    @Test func theWindowOutlivesAFinalBlock() throws {
        var inflater = try Inflater()
        var first = ByteBuffer(bytes: [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])
        var second = ByteBuffer(bytes: [0xF2, 0x00, 0x11, 0x00, 0x00])
        #expect(try inflater.inflate(&first, limit: 100) == ByteBuffer(string: "Hello"))
        #expect(try inflater.inflate(&second, limit: 100) == ByteBuffer(string: "Hello"))
    }

    @Test func anEmptyPayloadIsAnEmptyMessage() throws {
        #expect(try self.inflate([]).get().readableBytes == 0)
    }

    @Test("A message may be exactly as large as the limit", arguments: [1, 5, 511, 512, 513, 4_096, 70_000])
    func exactLimit(count: Int) throws {
        var random = SeededRandom(seed: 3)
        for bytes in [[UInt8](repeating: 0x61, count: count), random.bytes(count)] {
            let compressed = try self.deflate(bytes)
            #expect(try self.inflate(compressed, limit: count).get() == ByteBuffer(bytes: bytes))
            #expect(self.inflate(compressed, limit: count - 1) == .failure(.tooLarge))
            #expect(try self.inflate(compressed, limit: count + 1).get() == ByteBuffer(bytes: bytes))
        }
    }

    @Test("A bomb of 64 MB ends at the limit, in bounded memory and time")
    func bomb() throws {
        let bomb = try self.deflate([UInt8](repeating: 0, count: 1 << 26))
        #expect(bomb.count < 70_000)
        let limit = 65_536
        let begun = ContinuousClock.now
        for _ in 0..<100 { #expect(self.inflate(bomb, limit: limit) == .failure(.tooLarge)) }
        #expect(ContinuousClock.now - begun < .seconds(5))
    }

    @Test func theResultTakesNoMoreMemoryThanItsPowerOfTwo() throws {
        let compressed = try self.deflate([UInt8](repeating: 0, count: 60_000))
        #expect(try self.inflate(compressed, limit: 1 << 30).get().storageCapacity <= 131_072)
    }

    @Test("Endless empty blocks yield nothing and end")
    func emptyBlocks() throws {
        let block: [UInt8] = [0x00, 0x00, 0x00, 0xFF, 0xFF]
        let message = Array(repeatElement(block, count: 10_000).joined()) + [0x00]
        #expect(try self.inflate(message).get().readableBytes == 0)
        // The same with BFINAL, each of which ends a stream of zlib.
        let finals = Array(repeatElement([0x01] + block.dropFirst(), count: 10_000).joined()) + [0x00]
        #expect(try self.inflate(finals).get().readableBytes == 0)
    }

    @Test(
        "Corrupt streams",
        arguments: [
            [0x07], [0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x05, 0x00, 0xFA, 0xFE, 0x48], [0xF2, 0x48, 0xCD],
            [0x04, 0x00, 0xFE, 0xFF], [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07], [0x78, 0x9C, 0xF2, 0x48],
        ] as [[UInt8]])
    func corrupt(bytes: [UInt8]) {
        #expect(self.inflate(bytes) == .failure(.corrupt))
    }

    @Test func aMessageCutShortIsNeverTakenForAWholeOne() throws {
        let text = Array(String(repeating: "The quick brown fox. ", count: 40).utf8)
        for level in [1, 6, 9] {
            let whole = try self.deflate(text, level: level)
            for cut in 1..<whole.count {
                if let result = try? self.inflate(Array(whole.prefix(cut)), limit: 10_000).get() {
                    #expect(result != ByteBuffer(bytes: text))
                }
            }
        }
    }

    @Test("Noise and damaged messages never exceed the limit", arguments: 0..<20)
    func fuzz(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var inflater = try Inflater()
        for round in 0..<200 {
            var bytes = random.bytes(Int.random(in: 1...120, using: &random))
            if round.isMultiple(of: 2) {
                bytes = try self.deflate(bytes + bytes)
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            var message = ByteBuffer(bytes: bytes)
            inflater.reset()
            if let output = try? inflater.inflate(&message, limit: 64) { #expect(output.readableBytes <= 64) }
        }
        // A stream that has seen all that still works.
        inflater.reset()
        var good = ByteBuffer(bytes: Self.vectors[0].compressed)
        #expect(try inflater.inflate(&good, limit: 64) == ByteBuffer(string: "Hello"))
    }
}
