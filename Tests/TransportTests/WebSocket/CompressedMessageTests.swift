import NIOCore
import Testing

@testable import Transport

@Suite struct CompressedMessageTests {
    private static let hello: [UInt8] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
    private static let helloAgain: [UInt8] = [0xF2, 0x00, 0x11, 0x00, 0x00]

    private func deflate(_ bytes: [UInt8]) throws -> [UInt8] {
        var deflater = try Deflater()
        var output = ByteBuffer()
        _ = deflater.deflate(ByteBuffer(bytes: bytes), into: &output)
        return Array(buffer: output)
    }

    @Test("RFC 7692 section 7.2.3.1, whole and in fragments, in portions of 1…n bytes")
    func examples() throws {
        let frames: [ClientFrame] = [
            .compressed(Self.hello), .compressed(Array(Self.hello[..<3]), isFinal: false), .ping([1]),
            .continuation(Array(Self.hello[3...])), .text("plain"), .compressed([]), .compressed([0]),
        ]
        let expected: [InboundEvent] = [
            .text("Hello"), .ping([1]), .text("Hello"), .text("plain"), .text(""), .text(""),
        ]
        let bytes = frames.flatMap(\.bytes)
        for portion in 0...bytes.count {
            #expect(try Transcript.events(bytes, portion: portion, deflate: .shared) == expected)
            #expect(try Transcript.events(bytes, portion: portion, deflate: .takeover) == expected)
        }
    }

    @Test func fragmentsMayBeCutAnywhere() throws {
        let text = String(repeating: "السلام عليكم ", count: 30)
        let compressed = try self.deflate(Array(text.utf8))
        for cut in 0...compressed.count {
            let frames: [ClientFrame] = [
                .compressed(Array(compressed[..<cut]), isFinal: false), .continuation([], isFinal: false),
                .continuation(Array(compressed[cut...])),
            ]
            #expect(try Transcript.events(frames, deflate: .shared) == [.text(text)])
        }
    }

    @Test func contextIsKeptOnlyWhereItWasAgreed() throws {
        let frames: [ClientFrame] = [.compressed(Self.hello), .compressed(Self.helloAgain)]
        #expect(try Transcript.events(frames, deflate: .takeover) == [.text("Hello"), .text("Hello")])
        #expect(try Transcript.events(frames, deflate: .shared) == [.text("Hello"), .violation(.corruptCompression)])
    }

    @Test("A frame between the messages of a shared stream disturbs nobody")
    func twoConnectionsShareOneStream() throws {
        let shared = try SharedDeflate()
        var first = MessageAssembler(limits: SocketLimits(), deflate: .shared)
        var second = MessageAssembler(limits: SocketLimits(), deflate: .shared)
        let bytes = ClientFrame.compressed(Self.hello).bytes
        for cut in 1..<bytes.count {
            var head = ByteBuffer(bytes: bytes[..<cut])
            var tail = ByteBuffer(bytes: bytes[cut...])
            var whole = ByteBuffer(bytes: bytes)
            #expect(first.next(from: &head, shared: shared) == nil)
            #expect(second.next(from: &whole, shared: shared) == .text("Hello"))
            #expect(first.next(from: &tail, shared: shared) == .text("Hello"))
        }
    }

    @Test("RSV bits where they mean nothing")
    func rsvRules() throws {
        let compressed = ClientFrame.compressed(Self.hello)
        #expect(try Transcript.events([compressed]) == [.violation(.reservedBits)])
        for opcode in [8, 9, 10] as [UInt8] {
            let frame = ClientFrame.compressed([], opcode: opcode)
            #expect(try Transcript.events([frame], deflate: .shared) == [.violation(.reservedBits)])
        }
        for rsv in 1...7 as ClosedRange<UInt8> where rsv != 4 {
            let frame = ClientFrame(opcode: 1, payload: Self.hello, rsv: rsv)
            #expect(try Transcript.events([frame], deflate: .shared) == [.violation(.reservedBits)])
        }
        let frames: [ClientFrame] = [
            .compressed(Array(Self.hello[..<3]), isFinal: false), .compressed(Array(Self.hello[3...]), opcode: 0),
        ]
        #expect(try Transcript.events(frames, deflate: .shared) == [.violation(.reservedBits)])
    }

    @Test func textInsideMustBeUTF8AndWhole() throws {
        for bytes in [[0xFF], [0xED, 0xA0, 0x80], [0x41, 0xD8]] as [[UInt8]] {
            let frame = ClientFrame.compressed(try self.deflate(bytes))
            #expect(try Transcript.events([frame], deflate: .shared) == [.violation(.invalidUTF8)])
            let binary = ClientFrame.compressed(try self.deflate(bytes), opcode: 2)
            #expect(try Transcript.events([binary], deflate: .shared) == [.binary(bytes)])
        }
    }

    @Test func theLimitHoldsOnTheWireAndInflated() throws {
        let limits = Transcript.limits(frame: 1_000, message: 1_000)
        let text = String(repeating: "a", count: 1_000)
        let exact = ClientFrame.compressed(try self.deflate(Array(text.utf8)))
        #expect(try Transcript.events([exact], limits: limits, deflate: .shared) == [.text(text)])
        let bomb = ClientFrame.compressed(try self.deflate([UInt8](repeating: 0x61, count: 1_001)))
        #expect(try Transcript.events([bomb], limits: limits, deflate: .shared) == [.violation(.messageTooLarge)])
        #expect(try Transcript.events([bomb], limits: limits, deflate: .takeover) == [.violation(.messageTooLarge)])
        let long = ClientFrame.compressed([UInt8](repeating: 0, count: 1_000), isFinal: false).bytes
        let over = long + ClientFrame(opcode: 0, announcedBytes: 1).bytes
        #expect(try Transcript.events(over, limits: limits, deflate: .shared) == [.violation(.messageTooLarge)])
    }

    @Test func corruptionIs1007AndLeavesTheSharedStreamInOrder() throws {
        let shared = try SharedDeflate()
        for _ in 0..<3 {
            var bad = MessageAssembler(limits: SocketLimits(), deflate: .shared)
            var good = MessageAssembler(limits: SocketLimits(), deflate: .shared)
            var corrupt = ByteBuffer(bytes: ClientFrame.compressed([0xFF, 0xFF]).bytes)
            var fine = ByteBuffer(bytes: ClientFrame.compressed(Self.hello).bytes)
            #expect(bad.next(from: &corrupt, shared: shared) == .violation(.corruptCompression))
            #expect(good.next(from: &fine, shared: shared) == .text("Hello"))
        }
        #expect(ProtocolViolation.corruptCompression.code == .invalidPayload)
    }

    @Test("Messages of our own encoder come back, for all sizes around the header's steps")
    func roundTrip() throws {
        let shared = try SharedDeflate()
        var random = SeededRandom(seed: 11)
        var assembler = MessageAssembler(
            limits: Transcript.limits(frame: 80_000, message: 80_000),
            deflate: .shared,
            acceptsBinary: true
        )
        for count in [0, 1, 100, 118, 119, 120, 121, 125, 126, 140, 65_500, 65_520, 65_530, 65_535, 65_536, 70_000] {
            for bytes in [random.bytes(count), [UInt8](repeating: 0x20, count: count)] {
                var frame = ByteBuffer()
                FrameEncoder.append(ByteBuffer(bytes: bytes), as: .binary, compressedBy: shared, to: &frame)
                var masked = ByteBuffer(bytes: try masked(Array(buffer: frame)))
                #expect(assembler.next(from: &masked, shared: shared) == .binary(ByteBuffer(bytes: bytes)))
            }
        }
    }

    /// Turns a server frame into the client's: sets the mask bit and adds a mask of zeros.
    private func masked(_ frame: [UInt8]) throws -> [UInt8] {
        let headerBytes = frame[1] < 126 ? 2 : frame[1] == 126 ? 4 : 10
        let header = [frame[0], frame[1] | 0x80] + frame[2..<headerBytes]
        return header + [0, 0, 0, 0] + frame[headerBytes...]
    }
}
