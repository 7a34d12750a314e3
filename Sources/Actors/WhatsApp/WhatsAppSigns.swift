package import Domain
import Logging
import ServiceLifecycle
import Synchronization

/// Brings signs of staff to customers on WhatsApp, one after the other.
///
/// Not through the outbox: a sign that is late is worth nothing, and none is worth a second try.
package final class WhatsAppSigns: CustomerSigns, Service, MetricSource {
    private struct Hint {
        let room: RoomID
        let sign: SignPace.Sign
    }

    private let channel: Live<(any SignChannel)?>
    private let people: any WhatsAppStore
    private let now: @Sendable () -> Timestamp
    private let pace: Mutex<SignPace>
    private let counts = Mutex<[String: UInt64]>([:])
    private let hints: AsyncStream<Hint>
    private let continuation: AsyncStream<Hint>.Continuation

    /// Signs that wait; older ones give way.
    private static let maxWaiting = 200
    /// Messages that are older cannot be marked. Source: Cloud API, "Mark messages as read".
    private static let oldest = Duration.seconds(30 * 86_400)

    /// - Parameters:
    ///   - channel: Nil while there is no account: then nobody is shown anything.
    ///   - perSecond: See `SignPace`.
    package init(
        channel: Live<(any SignChannel)?>,
        people: any WhatsAppStore,
        perSecond: Double,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.channel = channel
        self.people = people
        self.now = now
        pace = Mutex(SignPace(perSecond: perSecond, at: now()))
        (hints, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.maxWaiting))
    }

    package func staffRead(upTo seq: SequenceNumber, in room: RoomID) { hint(.read(upTo: seq), room) }

    package func staffTyped(in room: RoomID) { hint(.typing, room) }

    private func hint(_ sign: SignPace.Sign, _ room: RoomID) {
        let moment = now()
        guard channel.now != nil, pace.withLock({ $0.admits(sign, in: room, at: moment) }) else { return }
        continuation.yield(Hint(room: room, sign: sign))
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            for await hint in self.hints { await self.show(hint) }
        }
    }

    private func show(_ hint: Hint) async {
        let (seq, isTyping): (SequenceNumber?, Bool) =
            switch hint.sign {
            case .read(let seq): (seq, false)
            // Nobody writes an answer without having read.
            case .typing: (nil, true)
            }
        let since = now() - Self.oldest
        guard let channel = channel.now,
            let message = try? await people.lastInbound(in: hint.room, upTo: seq, since: since)
        else { return }
        let outcome = await channel.markRead(message, isTyping: isTyping)
        let isShown = if case .accepted = outcome { true } else { false }
        let moment = now()
        if !isShown { pace.withLock { $0.failed(at: moment) } }
        counts.withLock { $0["\(isTyping ? "typing" : "read")/\(isShown ? "shown" : "lost")", default: 0] += 1 }
    }

    package func families() async -> [MetricFamily] {
        let counts = counts.withLock { $0 }.sorted { $0.key < $1.key }.map { key, count in
            let parts = key.split(separator: "/")
            return ([MetricFamily.Label("sign", "\(parts[0])"), .init("outcome", "\(parts[1])")], Double(count))
        }
        return [.counter("hub_whatsapp_signs_total", "Read marks and signs of typing for customers.", counts)]
    }
}
