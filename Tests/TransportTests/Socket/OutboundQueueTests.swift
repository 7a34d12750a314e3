import Actors
import Domain
import HubTestKit
import NIOCore
import Testing

@testable import Transport

@Suite struct OutboundQueueTests {
    private static let room = OutboundQueue.Lag(topic: .make(), room: .unguessable())

    private func text(_ text: String) -> SharedFrame { SharedFrame(text: ByteBuffer(string: text)) }

    private func texts(_ queue: inout OutboundQueue) -> [String] {
        queue.takeAll().map { frame in
            switch frame {
            case .text(let shared): String(buffer: shared.text)
            case .raw(let bytes): String(buffer: bytes)
            }
        }
    }

    private func append(
        _ event: String,
        of lag: OutboundQueue.Lag = room,
        to queue: inout OutboundQueue,
        at seq: SequenceNumber
    ) -> Bool {
        queue.appendDurable(text(event), of: lag, at: seq)
    }

    @Test func keepsTheOrder() {
        var queue = OutboundQueue(maxDurableBytes: 100)
        queue.appendControl(.raw(ByteBuffer(string: "hello")))
        #expect(append("event", to: &queue, at: 1))
        queue.appendLatest(.text(text("presence")), key: "p")
        queue.prependControl(.text(text("auth")))
        #expect(texts(&queue) == ["auth", "hello", "event", "presence"])
        #expect(queue.isEmpty && texts(&queue) == [])
    }

    @Test func keepsTheNewestOfAKeyInItsNewPlace() {
        var queue = OutboundQueue(maxDurableBytes: 100)
        queue.appendLatest(.text(text("online")), key: "sara")
        queue.appendLatest(.text(text("away")), key: "omar")
        queue.prependControl(.text(text("auth")))
        queue.appendLatest(.text(text("busy")), key: "sara")
        #expect(texts(&queue) == ["auth", "away", "busy"])
    }

    @Test func whatIsReplacedAMillionTimesTakesNoRoom() {
        var queue = OutboundQueue(maxDurableBytes: 100)
        queue.appendControl(.text(text("first")))
        for number in 0..<100_000 {
            queue.appendLatest(.text(text("pong \(number)")), key: "pong")
            if number.isMultiple(of: 1000) { queue.appendLatest(.text(text("conv")), key: "conv") }
        }
        #expect(queue.places < 200)
        #expect(texts(&queue) == ["first", "conv", "pong 99999"])
    }

    @Test func givesUpTheLogAndNamesItsRooms() {
        var queue = OutboundQueue(maxDurableBytes: 10)
        let other = OutboundQueue.Lag(topic: .make(), room: .unguessable())
        #expect(append("1234", to: &queue, at: 7))
        queue.appendControl(.text(text("ok")))
        #expect(append("5678", of: other, to: &queue, at: 3))
        #expect(!append("90a", to: &queue, at: 8))
        let lags = queue.giveUpEvents()
        #expect(lags == [Self.room: 7, other: 3])
        let none = queue.giveUpEvents()
        #expect(none.isEmpty)
        #expect(append("1234567890", to: &queue, at: 9))
        #expect(texts(&queue) == ["ok", "1234567890"])
    }
}
