import NIOCore
import Testing

@testable import Transport

@Suite struct TurnOutputTests {
    @Test func eachSocketGetsItsChainInOrder() {
        var turn = TurnOutput()
        var ports = [SocketPort(), SocketPort(), SocketPort()]
        let segments = ["one ", "two ", "three "].map { turn.keep(ByteBuffer(string: $0)) }
        for slot in [0, 2] { turn.append(segments[0], to: &ports[slot], in: UInt32(slot)) }
        for segment in segments[1...] { turn.append(segment, to: &ports[2], in: 2) }
        #expect(turn.slots == [0, 2])
        let chains = [0, 1, 2, 2].map { turn.take(from: &ports[$0]).map(String.init(buffer:)) }
        #expect(chains == ["one ", nil, "one two three ", nil])
        turn.clear()
        #expect(turn.isEmpty)
    }

    @Test func aChainThatWasTakenOverBeginsAnew() {
        var turn = TurnOutput()
        var port = SocketPort()
        for text in ["before", "after"] {
            turn.append(turn.keep(ByteBuffer(string: text)), to: &port, in: 0)
            let chain = turn.take(from: &port)
            #expect(chain == ByteBuffer(string: text))
        }
    }
}
