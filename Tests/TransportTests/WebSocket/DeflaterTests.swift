import NIOCore
import Testing

@testable import Transport

@Suite struct DeflaterTests {
    private func deflate(_ text: String, with deflater: inout Deflater) -> [UInt8] {
        var output = ByteBuffer(string: "before")
        let count = deflater.deflate(ByteBuffer(string: text), into: &output)
        output.moveReaderIndex(forwardBy: 6)
        #expect(output.readableBytes == count)
        return Array(buffer: output)
    }

    @Test("RFC 7692 sections 7.2.3.1, 7.2.3.2 and 7.2.3.6")
    func examples() throws {
        var deflater = try Deflater(Deflater.Settings(level: 6))
        #expect(self.deflate("Hello", with: &deflater) == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
        #expect(self.deflate("Hello", with: &deflater) == [0xF2, 0x00, 0x11, 0x00, 0x00])
        #expect(self.deflate("", with: &deflater) == [0x00])
        #expect(self.deflate("", with: &deflater) == [0x00])
        deflater.reset()
        #expect(self.deflate("Hello", with: &deflater) == [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
    }

    @Test("What goes in comes out, with and without takeover, for every level and window")
    func roundTrips() throws {
        var random = SeededRandom(seed: 5)
        for level in 1...9 {
            for windowBits in 9...15 {
                for takesOver in [false, true] {
                    let settings = Deflater.Settings(level: level, windowBits: windowBits, memoryLevel: level)
                    var deflater = try Deflater(settings)
                    var inflater = try Inflater(windowBits: windowBits)
                    for count in [0, 1, 2, 0, 0, 100, 1_000, 5_000, 0, 20_000] {
                        let noise = random.bytes(count / 2)
                        let bytes = noise + [UInt8](repeating: 0x61, count: count - noise.count)
                        if !takesOver {
                            deflater.reset()
                            inflater.reset()
                        }
                        var compressed = ByteBuffer()
                        _ = deflater.deflate(ByteBuffer(bytes: bytes), into: &compressed)
                        #expect(try inflater.inflate(&compressed, limit: 20_000) == ByteBuffer(bytes: bytes))
                    }
                }
            }
        }
    }

    @Test("A text no longer than a window can be inflated with that window, whatever compressed it")
    func shortTextsRespectEveryWindow() throws {
        var random = SeededRandom(seed: 6)
        for windowBits in 9...14 {
            let half = random.bytes(1 << (windowBits - 1))
            var deflater = try Deflater(Deflater.Settings(level: 9, windowBits: 15))
            var inflater = try Inflater(windowBits: windowBits)
            var compressed = ByteBuffer()
            _ = deflater.deflate(ByteBuffer(bytes: half + half), into: &compressed)
            #expect(compressed.readableBytes < half.count * 3 / 2)
            #expect(try inflater.inflate(&compressed, limit: 1 << 16) == ByteBuffer(bytes: half + half))
        }
    }

    @Test func incompressibleTextGrowsByLittle() throws {
        var random = SeededRandom(seed: 7)
        for count in [1, 100, 65_535, 300_000] {
            var deflater = try Deflater()
            var output = ByteBuffer()
            let written = deflater.deflate(ByteBuffer(bytes: random.bytes(count)), into: &output)
            #expect(written <= count + count / 1_000 + 16)
        }
    }
}
