import Domain
import HubTestKit

@testable import Wire

/// Frames of every operation and what they mean.
enum CommandTable {
    static let accepted: [(text: String, command: ClientCommand)] = sessions + rooms + writes + queries

    private static func request(
        token: String? = nil,
        profile: VisitorProfile? = nil,
        identity: VisitorIdentity? = nil,
        rooms: [RoomID: SequenceNumber] = [:]
    ) -> ClientCommand {
        guard let empty = try? VisitorProfile() else { preconditionFailure("an empty profile breaks no limit") }
        return .authenticate(
            AuthenticationRequest(token: token, profile: profile ?? empty, identity: identity, rooms: rooms))
    }

    private static let sara = try? VisitorProfile(
        name: "سارة", email: "s@x.example", phone: "+966", locale: "ar", page: "/")

    private static let sessions: [(text: String, command: ClientCommand)] = [
        (#"{"op":"ping"}"#, .ping),
        (#"{"op":"auth"}"#, request()),
        (#"{"op":"auth","token":null,"profile":null,"rooms":null}"#, request()),
        (#"{"op":"auth","token":"a.b.c"}"#, request(token: "a.b.c")),
        (#"{"op":"auth","profile":{}}"#, request()),
        (
            #"{"op":"auth","profile":{"name":" سارة ","email":"s@x.example","phone":"+966","locale":"ar","page":"/"}}"#,
            request(profile: sara)
        ),
        (
            #"{"op":"auth","profile":{"user_id":"42","signature":"ab"}}"#,
            request(identity: VisitorIdentity(userID: "42", signature: "ab"))
        ),
        (
            #"{"op":"auth","token":"t","rooms":{"\#(Named.room)":7}}"#,
            request(token: "t", rooms: [Named.room: 7])
        ),
        (#"{"op":"auth","profile":{},"rooms":{"\#(Named.room)":0}}"#, request(rooms: [Named.room: .zero])),
        (#"{"op":"presence","state":"online"}"#, .presence(.online)),
        (#"{"op":"presence","state":"away"}"#, .presence(.away)),
        (#"{"op":"presence","state":"busy"}"#, .presence(.busy)),
    ]

    private static let rooms: [(text: String, command: ClientCommand)] = [
        (#"{"op":"join","room":"\#(Named.room)"}"#, .join(Named.room, .after(.zero), limit: 200)),
        (
            #"{"op":"join","room":"\#(Named.room)","after":null,"limit":null}"#,
            .join(Named.room, .after(.zero), limit: 200)
        ),
        (#"{"op":"join","room":"\#(Named.room)","after":0,"limit":1}"#, .join(Named.room, .after(.zero), limit: 1)),
        (#"{"op":"join","room":"\#(Named.room)","after":12,"limit":500}"#, .join(Named.room, .after(12), limit: 500)),
        (#"{"op":"join","room":"\#(Named.room)","after":"now"}"#, .join(Named.room, .now, limit: 200)),
        (
            #"{"op":"join","room":"\#(Named.room)","after":9223372036854775807}"#,
            .join(Named.room, .after(SequenceNumber(.max)), limit: 200)
        ),
        (#"{"op":"leave","room":"\#(Named.room)"}"#, .leave(Named.room)),
        (#"{"op":"read","room":"\#(Named.room)","seq":0}"#, .read(Named.room, .zero)),
        (#"{"op":"read","room":"\#(Named.room)","seq":9}"#, .read(Named.room, 9)),
        (#"{"op":"typing","room":"\#(Named.room)","on":true}"#, .typing(Named.room, on: true)),
        (#"{"op":"typing","room":"\#(Named.room)","on":false}"#, .typing(Named.room, on: false)),
        (
            #"{"op":"cancel","run":"\#(Named.room).12.3"}"#,
            .cancel(AssistantRun.ID(room: Named.room, question: 12, epoch: 3))
        ),
        (#"{"op":"cancel","help":"h_17"}"#, .stopHelp(HelpID(17))),
        (help(#""kind":"reply""#), .help(HelpRequest(.reply(draft: ""), in: Named.room))),
        (
            help(#""kind":"reply","draft":"أهلا","to":"en""#),
            .help(HelpRequest(.reply(draft: "أهلا"), in: Named.room, language: .english))
        ),
        (
            help(#""kind":"summary","to":"ar","text":"not read""#),
            .help(HelpRequest(.summary, in: Named.room, language: .arabic))
        ),
        (
            help(#""kind":"translation","text":"Hello""#),
            .help(HelpRequest(.translation(.text("Hello")), in: Named.room))
        ),
        (help(#""kind":"translation","target":3"#), .help(HelpRequest(.translation(.message(3)), in: Named.room))),
    ]

    private static func help(_ members: String) -> String {
        #"{"op":"help","room":"\#(Named.room)",\#(members)}"#
    }

    private static func write(_ request: WriteRequest) -> ClientCommand { .write(Named.room, "k", request) }

    private static func frame(_ op: String, _ members: String) -> String {
        #"{"op":"\#(op)","room":"\#(Named.room)","mid":"k",\#(members)}"#
    }

    private static let writes: [(text: String, command: ClientCommand)] = [
        (frame("send", #""kind":"text","body":{"text":" أهلا "}"#), write(.text(.text(" أهلا "), replyTo: nil))),
        (
            frame("send", #""kind":"text","body":{"text":"a"},"reply_to":3"#),
            write(.text(.text("a"), replyTo: 3))
        ),
        (
            frame("send", #""kind":"choice","body":{"id":"b1","text":"not read"},"reply_to":3"#),
            write(.choice(.card(MessageCard(kind: .choice, text: "", details: ["id": "b1"])), replyTo: 3))
        ),
        (
            frame("send", #""kind":"file","body":{"attachment":"\#(Named.file)"}"#),
            write(.file(Named.file, caption: nil, replyTo: nil))
        ),
        (
            frame("send", #""kind":"file","body":{"attachment":"\#(Named.file)","caption":"c"},"reply_to":1"#),
            write(.file(Named.file, caption: "c", replyTo: 1))
        ),
        (
            frame("send", #""kind":"template","body":{"name":"n","language":"ar","params":{"a":[1,2.5,null]}}"#),
            write(
                .template(
                    .template(
                        name: "n", language: "ar",
                        params: .object(["a": .array([.integer(1), .number(2.5), .null])])),
                    replyTo: nil))
        ),
        (
            frame("send", #""kind":"template","body":{"name":"n","language":"ar"}"#),
            write(.template(.template(name: "n", language: "ar", params: .object([:])), replyTo: nil))
        ),
        (
            frame("send", #""kind":"text","body":{"text":"a"},"seen":0,"epoch":3"#),
            .write(Named.room, "k", .text(.text("a"), replyTo: nil), WriteBasis(seen: .zero, epoch: 3))
        ),
        (frame("assign", #""to":"me","epoch":0"#), .write(Named.room, "k", .assign(.me), WriteBasis(epoch: 0))),
        (frame("edit", #""target":2,"body":{"text":"b"}"#), write(.edit(2, .text("b")))),
        (frame("delete", #""target":2"#), write(.delete(2))),
        (frame("react", #""target":2,"emoji":"👍🏽""#), write(.react(2, emoji: "👍🏽", on: true))),
        (frame("react", #""target":2,"emoji":"x","on":false"#), write(.react(2, emoji: "x", on: false))),
        (frame("assign", #""to":null"#), write(.assign(.nobody))),
        (frame("assign", #""to":"me""#), write(.assign(.me))),
        (frame("assign", #""to":"assistant""#), write(.assign(.assistant))),
        (frame("assign", #""to":"\#(Named.user)""#), write(.assign(.user(Named.user)))),
        (frame("assign", #""to":"\#(Named.team)""#), write(.assign(.team(Named.team)))),
        (frame("state", #""state":"open""#), write(.state(.open, until: nil))),
        (frame("state", #""state":"pending""#), write(.state(.pending, until: nil))),
        (
            frame("state", #""state":"resolved","until":"2026-11-21T08:00:00Z""#),
            write(.state(.resolved, until: nil))
        ),
        (
            frame("state", #""state":"snoozed","until":"2026-11-21T11:00:00.5+03:00""#),
            write(.state(.snoozed, until: Timestamp(milliseconds: 1_795_248_000_500)))
        ),
    ]

    private static func page(_ members: String, _ position: HistoryPage.Position, limit: Int = 50) -> (
        String, ClientCommand
    ) {
        let text = #"{"op":"history","room":"\#(Named.room)"\#(members)}"#
        return (text, .history(Named.room, HistoryPage(position: position, limit: limit)))
    }

    static func inbox(
        _ members: String,
        state: ConversationState? = nil,
        assignee: InboxRequest.Assignee = .anybody,
        label: LabelID? = nil,
        clock: ClockStage? = nil,
        since: Timestamp? = nil,
        before: InboxQuery.Cursor? = nil,
        limit: Int = 50
    ) -> (text: String, command: ClientCommand) {
        let request = InboxRequest(
            state: state, assignee: assignee, label: label, clock: clock, since: since, before: before, limit: limit)
        return (#"{"op":"inbox"\#(members)}"#, .inbox(request))
    }

    private static let queries: [(text: String, command: ClientCommand)] = [
        page("", .newest),
        page(#","before":9,"limit":200"#, .before(9), limit: 200),
        page(#","after":0,"limit":1"#, .after(.zero), limit: 1),
        inbox(""),
        inbox(#","limit":200"#, limit: 200),
        inbox(#","since":"w1795248000500""#, since: Timestamp(milliseconds: 1_795_248_000_500)),
        inbox(
            #","before":"1795248000500~\#(Named.room)""#,
            before: .init(changedAt: Timestamp(milliseconds: 1_795_248_000_500), room: Named.room)),
        inbox(#","filter":"all""#),
        inbox(#","filter":"mine""#, assignee: .me),
        inbox(#","filter":"unassigned""#, assignee: .nobody),
        inbox(#","filter":"open""#, state: .open),
        inbox(#","filter":"pending""#, state: .pending),
        inbox(#","filter":"snoozed""#, state: .snoozed),
        inbox(#","filter":"resolved""#, state: .resolved),
        inbox(#","filter":{}"#),
        inbox(#","filter":{"state":"open","assignee":"me"}"#, state: .open, assignee: .me),
        inbox(#","filter":{"assignee":"none"}"#, assignee: .nobody),
        inbox(#","filter":{"clock":"breached"}"#, clock: .breached),
        inbox(#","filter":{"label":"\#(LabelID.sample(3))"}"#, label: .sample(3)),
        inbox(#","filter":{"state":null,"assignee":"\#(Named.user)"}"#, assignee: .user(Named.user)),
        (#"{"op":"search","q":"أحمد"}"#, .search("أحمد", room: nil, limit: 20)),
        (#"{"op":"search","q":"ab","room":"\#(Named.room)","limit":50}"#, .search("ab", room: Named.room, limit: 50)),
    ]
}
