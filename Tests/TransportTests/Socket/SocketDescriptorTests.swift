import NIOCore
import NIOEmbedded
import Testing

@testable import Transport

@Suite struct SocketDescriptorTests {
    @Test func aChannelWithoutASocketHasNone() {
        #expect(SocketDescriptor(of: EmbeddedChannel()) == .closed)
    }

    @Test func aBrokenOneSaysSo() {
        #expect(SocketDescriptor.closed.offer(ByteBuffer(string: "x")) == .broken)
    }
}
