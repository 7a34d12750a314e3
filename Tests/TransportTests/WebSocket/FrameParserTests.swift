import NIOCore
import Testing

@testable import Transport

@Suite struct FrameParserTests {
    private func header(_ bytes: [UInt8], maxFrameBytes: Int = 65_536, compression: Bool = false) throws
        -> FrameParser.HeaderStep
    {
        var parser = FrameParser(maxFrameBytes: maxFrameBytes, allowsCompression: compression)
        var input = ByteBuffer(bytes: bytes)
        return try parser.readHeader(from: &input)
    }

    private func violation(_ frame: ClientFrame, maxFrameBytes: Int = 65_536, compression: Bool = false)
        -> ProtocolViolation?
    {
        do {
            _ = try self.header(frame.bytes, maxFrameBytes: maxFrameBytes, compression: compression)
            return nil
        } catch {
            return error as? ProtocolViolation
        }
    }

    @Test("RFC 6455 section 5.7: a masked text message")
    func maskedHello() throws {
        var parser = FrameParser(maxFrameBytes: 100, allowsCompression: false)
        var input = ByteBuffer(bytes: [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        let step = try parser.readHeader(from: &input)
        #expect(step == .header(FrameHeader(opcode: .text, isFinal: true, isCompressed: false, payloadBytes: 5)))
        var payload = ByteBuffer()
        #expect(parser.readPayload(from: &input, into: &payload) == 5)
        #expect(payload == ByteBuffer(string: "Hello"))
        #expect(parser.remainingPayloadBytes == 0 && input.readableBytes == 0)
    }

    @Test("RFC 6455 section 5.7: a masked pong")
    func maskedPong() throws {
        let step = try self.header([0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        #expect(step == .header(FrameHeader(opcode: .pong, isFinal: true, isCompressed: false, payloadBytes: 5)))
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
    func shortestLengthFormsAreRead(count: UInt64) throws {
        let bytes = ClientFrame(opcode: 0x1, announcedBytes: count).bytes
        let expected = FrameHeader(opcode: .text, isFinal: true, isCompressed: false, payloadBytes: Int(count))
        #expect(try self.header(bytes, maxFrameBytes: 100_000) == .header(expected))
        for cut in 0..<bytes.count {
            #expect(try self.header(Array(bytes.prefix(cut)), maxFrameBytes: 100_000) == .needMore)
        }
    }

    @Test func longerLengthFormsAreRefused() {
        for count in [0, 1, 125] as [UInt64] {
            #expect(
                self.violation(ClientFrame(opcode: 0x1, form: .bits16, announcedBytes: count)) == .lengthNotMinimal
            )
        }
        for count in [0, 125, 126, 65_535] as [UInt64] {
            #expect(
                self.violation(ClientFrame(opcode: 0x1, form: .bits64, announcedBytes: count)) == .lengthNotMinimal
            )
        }
    }

    @Test func hugeLengthsAreRefusedByTheHeader() {
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: 65_537)) == .frameTooLarge)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: 1 << 62)) == .frameTooLarge)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: (1 << 63) - 1)) == .frameTooLarge)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: 1 << 63)) == .lengthOutOfRange)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: .max)) == .lengthOutOfRange)
    }

    @Test("Every opcode × FIN × RSV × mask × length form of the first two bytes")
    func everyFixedPart() {
        for first in 0...255 as ClosedRange<UInt8> {
            for second in 0...255 as ClosedRange<UInt8> {
                for compression in [false, true] {
                    let bytes = [first, second, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
                    var found: ProtocolViolation?
                    do {
                        _ = try self.header(Array(bytes.prefix(2)), compression: compression)
                    } catch {
                        found = error as? ProtocolViolation
                    }
                    let expected = Self.expectation(first, second, compression)
                    if found != expected {
                        Issue.record("\(first) \(second): \(String(describing: found))")
                        return
                    }
                }
            }
        }
    }

    /// The rules of section 5.2 and 5.5 once more, as a plain list.
    private static func expectation(_ first: UInt8, _ second: UInt8, _ compression: Bool) -> ProtocolViolation? {
        let opcode = first & 0xF
        if ![0, 1, 2, 8, 9, 10].contains(opcode) { return .reservedOpcode }
        if first & 0b0011_0000 != 0 { return .reservedBits }
        if first & 0b0100_0000 != 0 && !(compression && (opcode == 1 || opcode == 2)) { return .reservedBits }
        if second < 128 { return .unmaskedFrame }
        if opcode >= 8 && first < 128 { return .fragmentedControl }
        if opcode >= 8 && second - 128 > 125 { return .oversizedControl }
        return nil
    }

    @Test func aControlFrameIsNotSubjectToTheFrameLimit() {
        #expect(self.violation(ClientFrame(opcode: 0x9, announcedBytes: 125), maxFrameBytes: 10) == nil)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: 11), maxFrameBytes: 10) == .frameTooLarge)
        #expect(self.violation(ClientFrame(opcode: 0x1, announcedBytes: 10), maxFrameBytes: 10) == nil)
    }

    @Test("Payloads of 0…67 bytes in portions of 1…67 are unmasked alike")
    func unmasksInAnyPortions() throws {
        var random = SeededRandom(seed: 1)
        for count in 0...67 {
            let payload = random.bytes(count)
            let frame = ClientFrame(opcode: 0x2, payload: payload, mask: random.bytes(4))
            for portion in 1...max(1, count) {
                var parser = FrameParser(maxFrameBytes: 100, allowsCompression: false)
                var input = ByteBuffer(bytes: frame.bytes)
                _ = try parser.readHeader(from: &input)
                var output = ByteBuffer(string: "before")
                while var part = input.readSlice(length: min(portion, input.readableBytes)), part.readableBytes > 0 {
                    _ = parser.readPayload(from: &part, into: &output)
                }
                output.moveReaderIndex(forwardBy: 6)
                #expect(output == ByteBuffer(bytes: payload))
                #expect(parser.remainingPayloadBytes == 0)
            }
        }
    }

    @Test func memoryGrowsWithWhatCameNotWithWhatWasAnnounced() throws {
        var parser = FrameParser(maxFrameBytes: 1 << 40, allowsCompression: false)
        var input = ByteBuffer(bytes: ClientFrame(opcode: 0x2, payload: [1], announcedBytes: 1 << 40).bytes)
        _ = try parser.readHeader(from: &input)
        var output = ByteBuffer()
        #expect(parser.readPayload(from: &input, into: &output) == 1)
        #expect(output.storageCapacity <= 64)
        #expect(parser.remainingPayloadBytes == (1 << 40) - 1)
    }

    @Test func thePayloadOfTheNextFrameIsLeftAlone() throws {
        var parser = FrameParser(maxFrameBytes: 100, allowsCompression: false)
        var input = ByteBuffer(bytes: ClientFrame.text("one").bytes + ClientFrame.text("two!").bytes)
        for text in ["one", "two!"] {
            _ = try parser.readHeader(from: &input)
            var output = ByteBuffer()
            #expect(parser.readPayload(from: &input, into: &output) == text.utf8.count)
            #expect(output == ByteBuffer(string: text))
        }
    }
}
