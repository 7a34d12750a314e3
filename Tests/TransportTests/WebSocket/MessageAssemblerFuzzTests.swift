import NIOCore
import Testing

@testable import Transport

@Suite struct MessageAssemblerFuzzTests {
    /// A stream of frames, most of them right.
    private func frames(_ random: inout SeededRandom) -> [ClientFrame] {
        var isOpen = false
        return (0..<Int.random(in: 1...12, using: &random)).map { _ in
            let count = [0, 1, 7, 125, 126, 300].randomElement(using: &random) ?? 0
            let text = Array(String(repeating: "سلام ok ", count: count / 8).utf8)
            let isFinal = Bool.random(using: &random)
            switch Int.random(in: 0...9, using: &random) {
            case 0: return .ping(random.bytes(min(count, 125)))
            case 1: return .pong()
            case 2: return ClientFrame(opcode: UInt8.random(in: 0...15, using: &random), payload: random.bytes(count))
            case 3: return .binary(random.bytes(count))
            case 4: return .compressed(random.bytes(count), isFinal: isFinal)
            default:
                let opcode: UInt8 = isOpen ? 0 : 1
                isOpen = !isFinal
                return ClientFrame(opcode: opcode, payload: text, isFinal: isFinal, mask: random.bytes(4))
            }
        }
    }

    /// The bytes of all that was said, and whether anything came after the end.
    private func check(_ events: [InboundEvent]) -> (bytes: Int, endsOnce: Bool) {
        var bytes = 0
        var ends: [Int] = []
        for (index, event) in events.enumerated() {
            switch event {
            case .text(let body), .binary(let body), .ping(let body), .pong(let body): bytes += body.readableBytes
            case .close, .violation: ends.append(index)
            }
        }
        return (bytes, ends.isEmpty || ends == [events.count - 1])
    }

    @Test("Frames with flipped bits, cut anywhere, mean the same in any portions", arguments: 0..<60)
    func mutatedStreams(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        for round in 0..<20 {
            var bytes = self.frames(&random).flatMap(\.bytes)
            for _ in 0..<(round % 4) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            let deflate: DeflateParameters? = [nil, .shared, .takeover][round % 3]
            let whole = try Transcript.events(bytes, deflate: deflate)
            for portion in [1, 2, 3, 7, 64] {
                #expect(try Transcript.events(bytes, portion: portion, deflate: deflate) == whole)
            }
            let (said, endsOnce) = self.check(whole)
            #expect(endsOnce)
            if deflate == nil { #expect(said <= bytes.count) }
        }
    }

    @Test("Noise never yields more than it is", arguments: 0..<20)
    func noise(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(1_000 + seed))
        for _ in 0..<100 {
            let bytes = random.bytes(Int.random(in: 1...200, using: &random))
            let (said, endsOnce) = self.check(try Transcript.events(bytes))
            #expect(endsOnce && said <= bytes.count)
        }
    }
}
