import Domain
import HubTestKit
import Testing

@testable import Wire

@Suite struct ClientCommandTests {
    @Test(arguments: CommandTable.accepted)
    func reads(text: String, command: ClientCommand) {
        #expect(ClientFrame(text: text) == .command(command, id: nil))
    }

    /// A frame, the code and the message of its refusal.
    @Test(arguments: [
        (#""op":"auth","profile":{"user_id":"1"}"#, "profile.user_id and profile.signature come together"),
        (#""op":"auth","profile":{"signature":"1"}"#, "profile.user_id and profile.signature come together"),
        (
            #""op":"auth","profile":{"user_id":"","signature":"a"}"#,
            "profile.user_id must have 1 to 320 characters"
        ),
        (#""op":"auth","profile":{"name":1}"#, "name must be a string"),
        (#""op":"auth","rooms":{"x":1}"#, "rooms: a key is no room id"),
        (
            #""op":"auth","rooms":{"\#(Named.room)":-1}"#,
            "rooms: each value must be the last sequence number seen, or 0"
        ),
        (
            #""op":"auth","rooms":{"\#(Named.room)":"now"}"#,
            "rooms: each value must be the last sequence number seen, or 0"
        ),
        (#""op":"join","room":"r_1""#, "room is no room id"),
        (#""op":"join","room":"\#(Named.user)""#, "room is no room id"),
        (#""op":"join","room":"\#(Named.room)","after":-1"#, #"after must be a sequence number, 0 or "now""#),
        (#""op":"join","room":"\#(Named.room)","after":"then""#, #"after must be a sequence number, 0 or "now""#),
        (#""op":"join","room":"\#(Named.room)","limit":0"#, "limit must be an integer from 1 to 500"),
        (#""op":"join","room":"\#(Named.room)","limit":501"#, "limit must be an integer from 1 to 500"),
        (#""op":"read","room":"\#(Named.room)","seq":-1"#, "seq must be a sequence number"),
        (#""op":"presence","state":"offline""#, "state must be one of: online, away, busy"),
        (#""op":"presence","state":"here""#, "state must be one of: online, away, busy"),
        (#""op":"history","room":"\#(Named.room)","before":1,"after":2"#, "give before or after, not both"),
        (#""op":"history","room":"\#(Named.room)","before":0"#, "before must be a sequence number"),
        (#""op":"history","room":"\#(Named.room)","limit":201"#, "limit must be an integer from 1 to 200"),
        (#""op":"inbox","limit":201"#, "limit must be an integer from 1 to 200"),
        (#""op":"inbox","since":"yesterday""#, "since must be the watermark of an earlier reply"),
        (#""op":"inbox","since":"w""#, "since must be the watermark of an earlier reply"),
        (#""op":"inbox","before":"1~x""#, "before must be the next of an earlier reply"),
        (#""op":"inbox","before":"\#(Named.room)""#, "before must be the next of an earlier reply"),
        (
            #""op":"inbox","filter":"lost""#,
            "filter must be an object or one of: all, mine, unassigned, open, pending, snoozed, resolved"
        ),
        (#""op":"inbox","filter":1"#, "filter must be an object or a word"),
        (#""op":"inbox","filter":{"state":"lost"}"#, "state must be one of: open, pending, snoozed, resolved"),
        (#""op":"inbox","filter":{"label":"x"}"#, "filter.label must be the id of a label"),
        (#""op":"inbox","filter":{"clock":"late"}"#, "clock must be one of: warned, breached"),
        (#""op":"inbox","filter":{"assignee":"x"}"#, "filter.assignee must be me, none or a user id"),
        (#""op":"search","q":"a""#, "q must have 2 to 200 characters"),
        (#""op":"search","q":"ab","limit":51"#, "limit must be an integer from 1 to 50"),
        (#""op":"search","q":"ab","room":"x""#, "room is no room id"),
    ])
    func refuses(members: String, message: String) {
        #expect(ClientFrame(text: "{\(members)}") == .malformed(.badRequest(message), id: nil))
    }

    @Test(arguments: [
        (
            "send", #""kind":"song","body":{}"#,
            HubError.badRequest("kind must be one of: text, file, template, interactive, choice")
        ),
        ("send", #""kind":"text","body":{"text":" \n"}"#, .badRequest("body.text is empty")),
        ("send", #""kind":"text","body":{"text":"a"},"reply_to":0"#, .badRequest("reply_to must be a sequence number")),
        (
            "send", #""kind":"file","body":{"attachment":"x"}"#,
            .badRequest("body.attachment is no attachment id: upload the file first")
        ),
        (
            "send", #""kind":"template","body":{"name":"","language":"ar"}"#,
            .badRequest("body.name must have 1 to 200 characters, body.language 1 to 20")
        ),
        (
            "send", #""kind":"template","body":{"name":"n","language":"012345678901234567890"}"#,
            .badRequest("body.name must have 1 to 200 characters, body.language 1 to 20")
        ),
        ("send", #""kind":"text","body":{"text":"a"},"seen":-1"#, .badRequest("seen must be a sequence number")),
        (
            "assign", #""to":"me","epoch":"1""#,
            .badRequest("epoch must be the number of changes of owner, as events tell it")
        ),
        ("edit", #""target":0,"body":{"text":"a"}"#, .badRequest("target must be a sequence number")),
        ("delete", #""target":-4"#, .badRequest("target must be a sequence number")),
        ("react", #""target":1,"emoji":"""#, .badRequest("emoji must be one emoji")),
        ("react", #""target":1,"emoji":"123456789""#, .badRequest("emoji must be one emoji")),
        ("assign", #""to":"you""#, .badRequest(#"to must be a user id, "me", a team id, "assistant" or null"#)),
        ("assign", #""x":1"#, .badRequest(#"to is missing: a user id, "me", a team id, "assistant" or null"#)),
        ("state", #""state":"lost""#, .badRequest("state must be one of: open, pending, snoozed, resolved")),
        ("state", #""state":"snoozed""#, .badRequest("until is missing: when does the snooze end?")),
        (
            "state", #""state":"snoozed","until":"tomorrow""#,
            .badRequest("until must be a time like 2026-11-21T08:00:00.000Z")
        ),
    ])
    func refusesWrites(op: String, members: String, error: HubError) {
        let text = #"{"op":"\#(op)","room":"\#(Named.room)","mid":"k",\#(members)}"#
        #expect(ClientFrame(text: text) == .malformed(error, id: nil))
    }

    @Test func longTextsAreTooLarge() {
        func send(_ kind: String, _ body: String) -> HubError? {
            let text = #"{"op":"send","room":"\#(Named.room)","mid":"k","kind":"\#(kind)","body":\#(body)}"#
            return ClientFrame(text: text).error
        }
        let long = String(repeating: "س", count: 8001)
        #expect(send("text", #"{"text":"\#(long)"}"#)?.code == .tooLarge)
        #expect(send("text", #"{"text":"\#(long.dropLast())"}"#) == nil)
        let caption = String(repeating: "س", count: 2001)
        #expect(send("file", #"{"attachment":"\#(Named.file)","caption":"\#(caption)"}"#)?.code == .tooLarge)
        #expect(send("file", #"{"attachment":"\#(Named.file)","caption":"\#(caption.dropLast())"}"#) == nil)
    }

    @Test func namesOfWritesAreChecked() {
        let message = "mid must be 1 to 64 characters of A-Z a-z 0-9 . _ : -"
        for mid in ["", "a b", "س", String(repeating: "a", count: 65)] {
            let frame = ClientFrame(text: #"{"op":"delete","room":"\#(Named.room)","mid":"\#(mid)","target":1}"#)
            #expect(frame.error == .badRequest(message))
        }
    }

    @Test func placesInTheInboxComeBackAsTheyWereGiven() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<200 {
            let moment = Timestamp(milliseconds: Int64(truncatingIfNeeded: random.next()))
            let cursor = InboxQuery.Cursor(changedAt: moment, room: .make(at: Samples.start, using: &random))
            let expected = CommandTable.inbox(
                #","since":"\#(InboxCursor.watermark(moment))","before":"\#(InboxCursor.page(cursor))""#,
                since: moment, before: cursor)
            #expect(ClientFrame(text: expected.text).command == expected.command)
        }
    }
}
