import NIOCore
import Testing

@testable import Transport

@Suite struct SharedFrameTests {
    private func frame(_ text: String, thresholdBytes: Int? = nil) throws -> SharedFrame {
        var frame = SharedFrame(text: ByteBuffer(string: text))
        if let thresholdBytes { frame.compress(with: try SharedDeflate(), thresholdBytes: thresholdBytes) }
        return frame
    }

    @Test func everyReceiverGetsTheBytesItCanRead() throws {
        let text = String(repeating: "abc", count: 200)
        let frame = try self.frame(text, thresholdBytes: 128)
        let compressed = try #require(frame.compressed)
        #expect(compressed.readableBytes < 50)
        #expect(frame.text == ByteBuffer(string: text) && frame.textBytes == 600)
        #expect(frame.bytes(for: .none) == frame.plain)
        #expect(frame.bytes(for: .shared(maxTextBytes: .max)) == compressed)
        #expect(frame.bytes(for: .shared(maxTextBytes: 600)) == compressed)
        #expect(frame.bytes(for: .shared(maxTextBytes: 512)) == frame.plain)
        #expect(frame.bytes(for: .own(Deflater.Settings())) == nil)
    }

    @Test func whatDoesNotPayStaysPlain() throws {
        #expect(try self.frame(String(repeating: "a", count: 127), thresholdBytes: 128).compressed == nil)
        #expect(try self.frame(String(repeating: "a", count: 128), thresholdBytes: 128).compressed != nil)
        #expect(try self.frame("x", thresholdBytes: 0).compressed == nil)
        let plain = try self.frame(String(repeating: "a", count: 500))
        #expect(plain.bytes(for: .shared(maxTextBytes: .max)) == plain.plain)
    }

    @Test func compressionOfAConnectionFollowsWhatWasAgreed() {
        let policy = DeflatePolicy()
        #expect(OutboundCompression(nil, policy: policy) == .none)
        #expect(OutboundCompression(.shared, policy: policy) == .shared(maxTextBytes: .max))
        let narrow = DeflateParameters(
            serverNoContextTakeover: true,
            clientNoContextTakeover: true,
            serverMaxWindowBits: 10
        )
        #expect(OutboundCompression(narrow, policy: policy) == .shared(maxTextBytes: 1_024))
        #expect(
            OutboundCompression(.takeover, policy: policy)
                == .own(Deflater.Settings(level: 1, windowBits: 12, memoryLevel: 5))
        )
        let own = DeflateParameters(
            serverNoContextTakeover: false, clientNoContextTakeover: true, serverMaxWindowBits: 9)
        #expect(
            OutboundCompression(own, policy: policy)
                == .own(Deflater.Settings(level: 1, windowBits: 9, memoryLevel: 5))
        )
    }
}
