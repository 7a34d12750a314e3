import HubTestKit
import NIOCore

@testable import Domain
@testable import Wire

/// Every message of the hub once, for both audiences where they differ.
enum GoldenMessages {
    struct Message: Sendable, CustomStringConvertible {
        let name: String
        let audience: Audience
        let frame: ByteBuffer

        var description: String { name }
    }

    static let all: [Message] = events + signs + control + replies + joins + queries + people

    private static func both(_ name: String, _ push: EncodedPush) -> [Message] {
        [
            Message(name: name + ".staff", audience: .staff, frame: push.staff),
            Message(name: name + ".customer", audience: .customer, frame: push.customer),
        ]
    }

    private static func staff(_ name: String, _ frame: ByteBuffer) -> Message {
        Message(name: name, audience: .staff, frame: frame)
    }

    private static func everybody(_ name: String, _ frame: ByteBuffer) -> Message {
        Message(name: name, audience: .customer, frame: frame)
    }

    // MARK: Events

    private static let contents: [(name: String, author: Participant, content: EventContent)] = [
        ("msg-text", Samples.visitor, .message(.text("السلام عليكم"), replyTo: nil)),
        ("msg-text-staff", Samples.agent, .message(.text("وعليكم السلام\nكيف أساعدك؟"), replyTo: 1)),
        ("msg-file", Samples.agent, .message(.file(Samples.file), replyTo: nil)),
        ("msg-template", Samples.agent, .message(Samples.template, replyTo: nil)),
        ("msg-codes", Samples.agent, .message(.codes(Samples.codes), replyTo: nil)),
        ("edit", Samples.agent, .edit(target: 2, body: .text("مصحح"))),
        ("del", Samples.agent, .deletion(target: 2)),
        ("react", Samples.agent, .reaction(target: 1, emoji: "👍", on: true)),
        ("react-off", Samples.visitor, .reaction(target: 2, emoji: "👍", on: false)),
        ("status", .hub, .status(target: 2, .delivered, problem: nil)),
        ("status-failed", .hub, .status(target: 2, .failed, problem: "131026")),
        ("msg-card", Samples.visitor, .message(.card(Samples.card), replyTo: nil)),
        ("assign-user", Samples.colleague, .assignment(to: Assignee(.user(.sample(1)), name: "عمر"), epoch: 1)),
        ("assign-team", Samples.colleague, .assignment(to: Assignee(.team(.sample(4)), name: "المبيعات"), epoch: 2)),
        ("assign-nobody", .hub, .assignment(to: nil, epoch: 3)),
        ("assign-assistant", Samples.colleague, .assignment(to: .assistant, epoch: 4)),
        ("state", .hub, .state(.open, until: nil)),
        ("state-snoozed", Samples.agent, .state(.snoozed, until: Samples.start + .seconds(3600))),
        ("member-added", Samples.agent, .membership(.added, who: Samples.colleague)),
        ("member-removed", Samples.agent, .membership(.removed, who: Samples.colleague)),
        ("label", Samples.agent, .labels(added: [Samples.label], removed: [])),
        ("clock", .hub, .clock(.firstResponse, .warned, due: Samples.start)),
        ("survey", .hub, .survey),
        ("rating", Samples.visitor, .rating(Samples.rating)),
        ("msg-cited", .assistant, .message(Samples.cited, replyTo: nil)),
        ("run", .assistant, .run(AssistantRun(Samples.run, .started))),
    ]

    private static let events: [Message] =
        contents.flatMap { name, author, content in
            both("event-" + name, EncodedPush(Samples.event(7, content, by: author, mid: "k-7"), customersMaySee: true))
        } + [
            staff(
                "event-side",
                EncodedPush(
                    Samples.event(
                        1, .message(.text("ملاحظة"), replyTo: nil), by: Samples.agent, in: Samples.side, anchor: 7),
                    customersMaySee: false
                ).staff)
        ]

    // MARK: Pushes

    private static let signs: [Message] =
        [everybody("delta", PushEncoder.delta(Samples.run, at: 10, "مرحبا").staff)]
        + [
            staff("help", PushEncoder.help(HelpID(17), in: Samples.room, at: 10, "مرحبا")),
            staff("help-done", PushEncoder.help(HelpID(17), in: Samples.room, .done("مرحبا", missing: []))),
            staff(
                "help-missing",
                PushEncoder.help(HelpID(17), in: Samples.room, .done("Hello", missing: ["AB-1234", "50"]))),
            staff("help-cancelled", PushEncoder.help(HelpID(17), in: Samples.room, .cancelled)),
            staff("help-failed", PushEncoder.help(HelpID(17), in: Samples.room, .failed(.helpIsOff))),
        ]
        + both("typing", PushEncoder.typing(Samples.room, Samples.agent, on: true))
        + both("read", PushEncoder.read(Samples.room, Samples.agent, upTo: 7))
        + both(
            "presence",
            PushEncoder.presence(Samples.room, .init(who: Samples.agent, state: .busy), count: 2))
        + [everybody("presence-crowded", PushEncoder.presence(Samples.room, nil, count: 201).customer)]

    private static let control: [Message] = [
        everybody(
            "hello",
            PushEncoder.hello(
                connection: "c1", node: "n1", ping: .seconds(25), maxFrameBytes: 65_536, now: Samples.start, epoch: "e1"
            )),
        staff("conv", PushEncoder.conversation(summary)),
        staff("conv-bare", PushEncoder.conversation(bareSummary)),
        staff("room", PushEncoder.room(channel)),
        everybody("behind", PushEncoder.behind(Samples.room, head: 7)),
        everybody("gone", PushEncoder.gone(Samples.room, reason: "removed")),
        staff("token", PushEncoder.token(expiresIn: .milliseconds(59_500))),
        everybody("drain", PushEncoder.drain(slot: .milliseconds(1250), limit: .seconds(20))),
    ]

    // MARK: Replies

    private static let replies: [Message] = [
        everybody("reply-empty", Reply.empty(1)),
        staff("reply-help", Reply.helping(2, HelpID(17))),
        everybody("reply-pong", Reply.pong(2)),
        everybody("reply-written", Reply.written(3, seq: 7, at: Samples.start, isDuplicate: false)),
        everybody("reply-written-again", Reply.written(3, seq: 7, at: Samples.start, isDuplicate: true)),
        everybody("reply-error", Reply.error(.notFound("target 9 is no message of this room"), id: 4)),
        everybody("reply-error-retry", Reply.error(.busy("wait \"a little\""), id: 5)),
        everybody("reply-error-no-id", Reply.error(.badRequest("a frame must be one JSON object"), id: nil)),
        everybody(
            "reply-error-short-wait",
            Reply.error(HubError(.rateLimited, "slow down", retryAfter: .microseconds(1)), id: 6)),
    ]

    private static func join(_ name: String, _ reply: JoinReply) -> [Message] {
        both(
            name,
            EncodedPush(
                staff: Reply.ok(1) { reply.write(for: .staff, into: &$0) },
                customer: Reply.ok(1) { reply.write(for: .customer, into: &$0) }))
    }

    private static func joinReply(
        events: [RoomEvent],
        isLive: Bool,
        own: JoinReply.OwnRead?,
        here: [PresenceMachine.Change]?,
        conversation: ConversationSummary?,
        draft: AssistantDraft? = nil
    ) -> JoinReply {
        JoinReply(
            room: Samples.room,
            head: 8,
            events: events,
            isLive: isLive,
            own: own,
            customerRead: 4,
            agentsRead: 5,
            presence: .init(count: here?.count ?? 201, here: here),
            side: Samples.side,
            conversation: conversation,
            draft: draft
        )
    }

    private static let joins: [Message] =
        join(
            "join",
            joinReply(
                events: [Samples.event(7), Samples.event(8, by: Samples.agent)],
                isLive: true,
                own: .init(marker: 5, unread: 2),
                here: [.init(who: Samples.agent, state: .online), .init(who: Samples.visitor, state: .away)],
                conversation: summary))
        + join(
            "join-resume",
            joinReply(events: [], isLive: true, own: nil, here: [], conversation: nil, draft: Samples.draft))
        + join(
            "join-page",
            joinReply(
                events: [Samples.event(1)], isLive: false, own: .init(marker: .zero, unread: 999), here: nil,
                conversation: nil))

    // MARK: Queries

    private static let history: FoldedHistory = FoldedHistory(
        HistorySlice(
            messages: [
                Samples.event(1), Samples.event(2, by: Samples.agent), Samples.event(3, by: Samples.agent),
                Samples.event(8, .message(.file(Samples.file), replyTo: 1), by: Samples.agent),
            ],
            changes: [
                Samples.event(4, .edit(target: 2, body: .text("مصحح")), by: Samples.agent),
                Samples.event(5, .deletion(target: 3), by: Samples.colleague),
                Samples.event(6, .reaction(target: 1, emoji: "👍", on: true), by: Samples.agent),
                Samples.event(9, .reaction(target: 1, emoji: "👍", on: true), by: Samples.visitor),
            ],
            notices: [
                Samples.event(
                    7, .assignment(to: Assignee(.user(.sample(1)), name: "عمر"), epoch: 1), by: Samples.colleague)
            ],
            head: 9,
            hasMore: true
        ))

    private static let queries: [Message] =
        both(
            "history",
            EncodedPush(
                staff: Reply.ok(1) { QueryReplies.write(history, for: .staff, into: &$0) },
                customer: Reply.ok(1) { QueryReplies.write(history, for: .customer, into: &$0) }))
        + [
            staff(
                "inbox",
                Reply.ok(1) {
                    QueryReplies.writeInbox(
                        [summary, bareSummary], watermark: Samples.start,
                        next: .init(changedAt: Samples.start, room: Samples.room), into: &$0)
                }),
            staff(
                "inbox-end",
                Reply.ok(1) { QueryReplies.writeInbox([], watermark: Samples.start, next: nil, into: &$0) }),
            staff("search", Reply.ok(1) { QueryReplies.write([hit], into: &$0) }),
        ]

    private static let hit = SearchHit(
        room: Samples.room, seq: 2, at: Samples.start, author: Samples.agent, body: .file(Samples.file))

    // MARK: People and rooms

    private static let people: [Message] = [
        staff("user", .json { UserEncoder.write(Samples.user(1, .supervisor), into: &$0) }),
        staff("colleague", .json { UserEncoder.writeColleague(Samples.user(2), into: &$0) }),
        staff(
            "internal-room",
            .json {
                InternalRoomEncoder.write(
                    InternalRoom(room: channel, members: [Samples.agent, Samples.colleague], unread: 3), into: &$0)
            }),
    ]

    private static let channel = Room(
        id: .sample(5), kind: .channel, title: "عام", head: 12, parent: nil, createdAt: Samples.start,
        last: MessageSummary(seq: 12, at: Samples.start, author: Samples.agent, kind: .text, excerpt: "أهلا"),
        conversation: nil)

    private static let summary: ConversationSummary = {
        var conversation = Samples.conversation(.snoozed)
        conversation.snoozedUntil = Samples.start + .seconds(3600)
        conversation.assignee = Assignee(.user(.sample(1)), name: "عمر")
        conversation.epoch = 2
        conversation.unread = 3
        conversation.waitingSince = Samples.start - .seconds(60)
        var room = Samples.room(.conversation, head: 8, conversation: conversation)
        room.last = MessageSummary(
            seq: 8, at: Samples.start, author: Samples.visitor, kind: .text, excerpt: "مرحبا")
        return ConversationSummary(
            room: room,
            conversation: conversation,
            sideHead: 4,
            contact: Contact(
                participant: Samples.visitor, email: "sara@mail.example", phone: "+966500000000", locale: "ar",
                page: "https://shop.example/p/1", isVerified: true),
            labels: [Samples.label],
            clocks: [
                ClockFace(
                    kind: .firstResponse, due: Samples.start + .seconds(900), warnedAt: Samples.start,
                    breachedAt: nil)
            ],
            changedAt: Samples.start
        )
    }()

    private static let bareSummary = ConversationSummary(
        room: Samples.room(.conversation, id: .sample(9)),
        conversation: Samples.conversation(),
        sideHead: .zero,
        contact: Contact(
            participant: Samples.visitor, email: nil, phone: nil, locale: nil, page: nil, isVerified: false),
        changedAt: Samples.start
    )
}
