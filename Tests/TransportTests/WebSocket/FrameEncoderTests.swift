import NIOCore
import Testing

@testable import Transport

@Suite struct FrameEncoderTests {
    private func bytes(_ write: (inout ByteBuffer) -> Void) -> [UInt8] {
        var output = ByteBuffer()
        write(&output)
        return Array(buffer: output)
    }

    @Test("RFC 6455 section 5.7: unmasked frames")
    func examples() {
        let hello = ByteBuffer(string: "Hello")
        #expect(self.bytes { FrameEncoder.append(hello, to: &$0) } == [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        #expect(self.bytes { FrameEncoder.append(ping: hello, to: &$0) } == [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        #expect(self.bytes { FrameEncoder.append(pong: hello, to: &$0) } == [0x8A, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F])
        #expect(self.bytes { FrameEncoder.append(ping: ByteBuffer(), to: &$0) } == [0x89, 0x00])
        let kilobyte = ByteBuffer(repeating: 7, count: 256)
        #expect(self.bytes { FrameEncoder.append(kilobyte, as: .binary, to: &$0) }.prefix(5) == [0x82, 0x7E, 1, 0, 7])
        let large = ByteBuffer(repeating: 7, count: 65_536)
        #expect(
            self.bytes { FrameEncoder.append(large, as: .binary, to: &$0) }.prefix(11)
                == [0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0, 7]
        )
    }

    @Test("RFC 7692 section 7.2.3.1: a compressed frame")
    func compressedExample() throws {
        let shared = try SharedDeflate()
        let hello = ByteBuffer(string: "Hello")
        let expected: [UInt8] = [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]
        for _ in 0..<2 {
            #expect(self.bytes { FrameEncoder.append(hello, compressedBy: shared, to: &$0) } == expected)
        }
        var own = try Deflater()
        #expect(self.bytes { FrameEncoder.append(hello, compressedBy: &own, to: &$0) } == expected)
        #expect(
            self.bytes { FrameEncoder.append(hello, compressedBy: &own, to: &$0) }
                == [0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00]
        )
    }

    @Test("A text is framed in its own buffer when there is room", arguments: [0, 1, 125, 126, 65_535, 65_536])
    func encodeInPlace(count: Int) {
        let plain = self.bytes { FrameEncoder.append(ByteBuffer(repeating: 0x61, count: count), to: &$0) }
        for headroom in 0...12 {
            var text = ByteBuffer(repeating: 0xEE, count: headroom)
            text.writeRepeatingByte(0x61, count: count)
            text.moveReaderIndex(forwardBy: headroom)
            let frame = FrameEncoder.encode(text: text)
            #expect(Array(buffer: frame) == plain)
            #expect(text.readableBytes == count && text.readerIndex == headroom)
        }
    }

    @Test func framingInPlaceCopiesNothing() {
        var text = ByteBuffer()
        text.writeRepeatingByte(0, count: FrameEncoder.headroom)
        text.writeRepeatingByte(0x61, count: 1_000)
        text.moveReaderIndex(forwardBy: FrameEncoder.headroom)
        let before = text.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) }
        let frame = FrameEncoder.encode(text: consume text)
        let after = frame.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) }
        #expect(before == after + 4)
    }

    @Test func framesOfOneTickLieBehindOneAnother() throws {
        let shared = try SharedDeflate()
        let text = ByteBuffer(string: String(repeating: "ab", count: 100))
        let output = self.bytes {
            FrameEncoder.append(text, compressedBy: shared, to: &$0)
            FrameEncoder.append(ping: ByteBuffer(), to: &$0)
            FrameEncoder.append(text, to: &$0)
            FrameEncoder.append(close: .empty, to: &$0)
        }
        // 200 bytes need a header of four, their compressed form one of two: the gap is closed.
        #expect(output[0] == 0xC1 && output[1] < 126)
        let ping = 2 + Int(output[1])
        #expect(Array(output[ping..<(ping + 6)]) == [0x89, 0x00, 0x81, 126, 0, 200])
        #expect(Array(output.suffix(2)) == [0x88, 0x00])
        #expect(output.count == ping + 2 + 4 + 200 + 2)
    }

    @Test func closeFrames() {
        #expect(self.bytes { FrameEncoder.append(close: CloseFrame(.goingAway), to: &$0) } == [0x88, 0x02, 0x03, 0xE9])
        #expect(
            self.bytes { FrameEncoder.append(close: CloseFrame(.pingTimeout, "zz"), to: &$0) }
                == [0x88, 0x04, 0x10, 0x69, 0x7A, 0x7A]
        )
        // 124 bytes of reason do not fit; the last character has two of them, so 122 are left.
        let long = CloseFrame(.normal, String(repeating: "س", count: 62))
        let output = self.bytes { FrameEncoder.append(close: long, to: &$0) }
        #expect(output.count == 2 + 2 + 122 && output[1] == 124)
        #expect(String(validating: output[4...], as: UTF8.self) == String(repeating: "س", count: 61))
    }
}
