import NIOCore
import Testing

@testable import Transport

@Suite struct TurnOutputTests {
    @Test func eachSocketGetsItsChainInOrder() {
        var turn = TurnOutput(maxBytes: 100)
        var ports = [SocketPort(), SocketPort(), SocketPort()]
        let segments = ["one ", "two ", "three "].map { turn.keep(ByteBuffer(string: $0)) }
        let fits = [(0, 0), (0, 2), (1, 2), (2, 2)].map { turn.append(segments[$0], to: &ports[$1], in: UInt32($1)) }
        #expect(!fits.contains(false))
        #expect(turn.slots == [0, 2])
        let chains = [0, 1, 2, 2].map { turn.take(from: &ports[$0]).map(String.init(buffer:)) }
        #expect(chains == ["one ", nil, "one two three ", nil])
        turn.clear()
        #expect(turn.isEmpty)
    }

    @Test func aChainThatWasTakenOverBeginsAnew() {
        var turn = TurnOutput(maxBytes: 100)
        var port = SocketPort()
        for text in ["before", "after"] {
            let segment = turn.keep(ByteBuffer(string: text))
            let fits = turn.append(segment, to: &port, in: 0)
            #expect(fits)
            let chain = turn.take(from: &port)
            #expect(chain == ByteBuffer(string: text))
        }
    }

    @Test func noSocketIsOwedMoreThanTheBound() {
        var turn = TurnOutput(maxBytes: 10)
        var ports = [SocketPort(), SocketPort()]
        let six = turn.keep(ByteBuffer(string: "sixsix"))
        let five = turn.keep(ByteBuffer(string: "five!"))
        let eleven = turn.keep(ByteBuffer(repeating: 0, count: 11))
        let fits = [(six, 0), (five, 0), (five, 1), (five, 1), (eleven, 1)].map { segment, slot in
            turn.append(segment, to: &ports[slot], in: UInt32(slot))
        }
        #expect(fits == [true, false, true, true, false])
        let chains = [0, 1].map { turn.take(from: &ports[$0]).map(String.init(buffer:)) }
        #expect(chains == ["sixsix", "five!five!"])
        // Who took what it was owed may be owed as much again.
        let fitsAgain = [(five, 1), (eleven, 0)].map { turn.append($0, to: &ports[$1], in: UInt32($1)) }
        #expect(fitsAgain == [true, false])
    }
}
