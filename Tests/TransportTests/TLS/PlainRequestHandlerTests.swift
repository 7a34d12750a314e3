import NIOCore
import NIOEmbedded
import Testing

@testable import Transport

@Suite struct PlainRequestHandlerTests {
    private func channel() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: PlainRequestHandler())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test func everyByteIsJudged() {
        for byte in UInt8.min...UInt8.max {
            let isLetter = (0x41...0x5A).contains(byte & ~0x20)
            let expected: PlainRequestHandler.Speech = byte == 0x16 ? .tls : isLetter ? .http : .unknown
            #expect(PlainRequestHandler.Speech(firstByte: byte) == expected)
        }
    }

    @Test func tlsGoesOnAndTheHandlerLeaves() throws {
        let channel = try channel()
        for part: [UInt8] in [[0x16, 3, 1], [0x41]] {
            try channel.writeInbound(ByteBuffer(bytes: part))
            #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(bytes: part))
        }
        #expect(throws: ChannelPipelineError.self) {
            _ = try channel.pipeline.syncOperations.handler(type: PlainRequestHandler.self)
        }
    }

    @Test func plainHTTPIsToldOnceAndClosed() throws {
        let channel = try channel()
        try channel.writeInbound(ByteBuffer(string: "G"))
        try channel.writeInbound(ByteBuffer(string: "ET / HTTP/1.1\r\n\r\n"))
        let answer = try #require(try channel.readOutbound(as: ByteBuffer.self))
        #expect(String(buffer: answer).hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }

    @Test func noiseIsClosedWithoutAWord() throws {
        let channel = try channel()
        try channel.writeInbound(ByteBuffer(bytes: [0]))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        #expect(!channel.isActive)
    }
}
