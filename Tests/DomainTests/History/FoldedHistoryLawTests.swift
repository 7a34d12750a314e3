import Domain
import HubTestKit
import Testing

/// The law of history: a page as of `k`, plus the events after `k`, equals the same page read later.
@Suite struct FoldedHistoryLawTests {
    /// A client's view, folded one event at a time by rules written down again.
    private struct View: Equatable {
        struct Line: Equatable {
            let seq: SequenceNumber
            var body: MessageBody?
            var editedBy: SequenceNumber?
            var deletedBy: SequenceNumber?
            /// Pairs, so that their order is compared too.
            var reactions: [String]
            var status: MessageStatus?
        }

        var lines: [Line]
        var notices: [SequenceNumber]

        init(_ history: FoldedHistory) {
            lines = history.messages.map { message in
                Line(
                    seq: message.event.seq, body: message.body, editedBy: message.edited?.seq,
                    deletedBy: message.deleted?.seq,
                    reactions: message.reactions.map { "\($0.emoji): \($0.authors.map(\.id))" },
                    status: message.status?.state)
            }
            notices = history.notices.map(\.seq)
        }
    }

    /// Applies events to a folded page the way the wire contract tells a client to.
    private struct Client {
        struct Message {
            let event: RoomEvent
            var body: MessageBody?
            var editedBy: SequenceNumber?
            var deletedBy: SequenceNumber?
            var reactions: [(emoji: String, authors: [String])]
            var status: MessageStatus?
        }

        var messages: [Message]
        var notices: [SequenceNumber]

        init(_ history: FoldedHistory) {
            messages = history.messages.map { message in
                Message(
                    event: message.event, body: message.body, editedBy: message.edited?.seq,
                    deletedBy: message.deleted?.seq,
                    reactions: message.reactions.map { ($0.emoji, $0.authors.map(\.id)) },
                    status: message.status?.state)
            }
            notices = history.notices.map(\.seq)
        }

        mutating func apply(_ event: RoomEvent) {
            guard let target = event.content.target else {
                if case .message(let body, _) = event.content {
                    messages.append(Message(event: event, body: body, reactions: []))
                } else {
                    notices.append(event.seq)
                }
                return
            }
            guard let place = messages.firstIndex(where: { $0.event.seq == target }) else { return }
            if case .status(_, let state, _) = event.content { messages[place].status = state }
            guard messages[place].deletedBy == nil else { return }
            if case .edit(_, let body) = event.content {
                messages[place].body = body
                if event.author.kind != .system { messages[place].editedBy = event.seq }
            }
            if case .deletion = event.content {
                messages[place].body = nil
                messages[place].reactions = []
                messages[place].deletedBy = event.seq
            }
            if case .reaction(_, let emoji, let on) = event.content {
                if !messages[place].reactions.contains(where: { $0.emoji == emoji }) {
                    messages[place].reactions.append((emoji, []))
                }
                for index in messages[place].reactions.indices where messages[place].reactions[index].emoji == emoji {
                    let wasOn = messages[place].reactions[index].authors.contains(event.author.id)
                    if on, !wasOn { messages[place].reactions[index].authors.append(event.author.id) }
                    if !on { messages[place].reactions[index].authors.removeAll { $0 == event.author.id } }
                }
                messages[place].reactions.removeAll { $0.authors.isEmpty }
            }
        }

        var lines: [View.Line] {
            messages.map { message in
                View.Line(
                    seq: message.event.seq, body: message.body, editedBy: message.editedBy,
                    deletedBy: message.deletedBy, reactions: message.reactions.map { "\($0.emoji): \($0.authors)" },
                    status: message.status)
            }
        }
    }

    private static func randomLog(_ count: Int, using random: inout SeededRandom) -> [RoomEvent] {
        var log: [RoomEvent] = []
        var deleted: Set<SequenceNumber> = []
        while log.count < count {
            let alive = log.filter { $0.content.kind == .message && !deleted.contains($0.seq) }.map(\.seq)
            let target = random.pick(alive.isEmpty ? [1] : alive)
            let content: EventContent =
                switch alive.isEmpty ? 0 : Int.random(in: 0..<11, using: &random) {
                case 0...2: .message(.text("نص \(log.count)"), replyTo: nil)
                case 3, 4: .edit(target: target, body: .text("معدل \(log.count)"))
                case 5: .deletion(target: target)
                case 6, 7: .reaction(target: target, emoji: random.pick(["👍", "❤️"]), on: !random.chance(in: 3))
                case 10: .status(target: target, random.pick(MessageStatus.allCases), problem: nil)
                case 8: .state(.pending, until: nil)
                default: .assignment(to: nil, epoch: 1)
                }
            if case .deletion(let seq) = content { deleted.insert(seq) }
            let author = random.pick([Samples.visitor, Samples.agent, Samples.colleague, .hub])
            log.append(Samples.event(SequenceNumber(Int64(log.count) + 1), content, by: author))
        }
        return log
    }

    /// The whole log up to `head` as one page, as the store answers it.
    private static func slice(_ log: [RoomEvent], upTo head: Int) -> HistorySlice {
        let seen = log.prefix(head)
        return HistorySlice(
            messages: seen.filter { $0.content.kind == .message },
            changes: seen.filter { $0.content.target != nil },
            notices: seen.filter { $0.content.kind != .message && $0.content.target == nil },
            head: SequenceNumber(Int64(head)),
            hasMore: false
        )
    }

    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func oldHistoryPlusEventsIsFreshHistory(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let log = Self.randomLog(60, using: &random)
        let fresh = View(FoldedHistory(Self.slice(log, upTo: log.count)))
        for cut in 0...log.count {
            var client = Client(FoldedHistory(Self.slice(log, upTo: cut)))
            for event in log.dropFirst(cut) { client.apply(event) }
            #expect(client.lines == fresh.lines, "cut at \(cut)")
            #expect(client.notices == fresh.notices, "cut at \(cut)")
        }
    }
}
