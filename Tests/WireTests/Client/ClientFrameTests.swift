import Domain
import HubTestKit
import NIOCore
import Testing

@testable import Wire

/// The frame around a command.
@Suite struct ClientFrameTests {
    @Test(arguments: [
        (#"{"op":"ping"}"#, Int64?.none), (#"{"op":"ping","id":0}"#, 0),
        (#" {"id" : 9223372036854775807, "op" : "ping"} "#, .max),
    ])
    func readsTheID(text: String, id: Int64?) {
        #expect(ClientFrame(text: text) == .command(.ping, id: id))
    }

    @Test(arguments: ["-1", "1.0", "1.5", "\"1\"", "null", "true", "[1]", "{}", "9223372036854775808"])
    func idMustBeANumberThatCanBeAnswered(id: String) {
        #expect(
            ClientFrame(text: #"{"op":"ping","id":\#(id)}"#)
                == .malformed(.badRequest("id must be a non-negative integer"), id: nil))
    }

    @Test(arguments: ["[]", "1", "null", "\"ping\"", #"[{"op":"ping"}]"#])
    func frameIsOneObject(text: String) {
        #expect(ClientFrame(text: text) == .malformed(.badRequest("a frame must be one JSON object"), id: nil))
    }

    @Test(arguments: ["", "{", "ping", #"{"op":"ping"} {}"#, #"{"op":"ping","op":"ping"}"#, #"{"op":"\u0000"}"#])
    func brokenTextSaysWhere(text: String) throws {
        guard case .malformed(let error, id: nil) = ClientFrame(text: text) else {
            Issue.record("\(text) was accepted")
            return
        }
        #expect(error.code == .badRequest)
        #expect(error.message.hasPrefix("not valid JSON: "))
        #expect(error.message.contains(" at byte "))
    }

    @Test func nestingIsBounded() {
        func frame(_ levels: Int) -> String {
            #"{"op":"ping","x":\#(String(repeating: "[", count: levels))\#(String(repeating: "]", count: levels))}"#
        }
        #expect(ClientFrame(text: frame(15)) == .command(.ping, id: nil))
        #expect(ClientFrame(text: frame(16)).error?.message.hasPrefix("not valid JSON: nested too deeply") == true)
        #expect(ClientFrame(ByteBuffer(string: frame(3)), maxDepth: 3).error != nil)
    }

    @Test func errorOfACommandKeepsItsID() {
        #expect(
            ClientFrame(text: #"{"op":"leave","id":7}"#)
                == .malformed(.badRequest("room is missing: a string is needed"), id: 7))
    }

    @Test(arguments: ["hand_over", "stop", "PING", "", "ping "])
    func unknownOperationNamesTheKnown(op: String) {
        let message = ClientFrame(text: #"{"op":"\#(op)","id":1}"#).error?.message ?? ""
        #expect(message.hasPrefix("unknown op: accepted are auth, join, leave, send, edit, delete, react, read,"))
    }

    @Test func unknownMembersAreIgnored() {
        let text = #"{"op":"leave","room":"\#(Named.room)","later":{"a":[1]},"target":"x","body":3}"#
        #expect(ClientFrame(text: text) == .command(.leave(Named.room), id: nil))
    }

    @Test func damagedFramesNeverCrash() {
        var random = SeededRandom(seed: 1)
        let frames = CommandTable.accepted.map(\.text)
        for _ in 0..<5000 {
            var bytes = Array(random.pick(frames).utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...127, using: &random)
                case 1: bytes.insert(random.pick(Array("{}[]\",:0-e".utf8)), at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...5, using: &random)))
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            let frame = ClientFrame(ByteBuffer(bytes: bytes))
            #expect((frame.command == nil) == (frame.error != nil))
        }
    }

    @Test(arguments: [
        (#""op":"cancel","help":"17""#, "help must be what the hub answered to help"),
        (#""op":"cancel","help":"h_017""#, "help must be what the hub answered to help"),
        (#""op":"cancel","help":"h_1","run":"r""#, "give run or help, not both"),
        (#""op":"help","room":"\#(Named.room)","kind":"poem""#, "kind must be one of: reply, summary, translation"),
        (#""op":"help","room":"\#(Named.room)","kind":"reply","to":"fr""#, "to must be one of: ar, en"),
        (#""op":"help","room":"\#(Named.room)","kind":"translation","text":" ""#, "text is empty"),
        (
            #""op":"help","room":"\#(Named.room)","kind":"translation","text":"a","target":1"#,
            "give text or target, not both"
        ),
    ])
    func helpSaysWhatIsWrong(members: String, message: String) {
        #expect(ClientFrame(text: "{\(members)}") == .malformed(.badRequest(message), id: nil))
    }
}
