import Domain
import HubTestKit
import Testing

@testable import Wire

/// Every member of every operation, absent and with a value of every wrong type.
@Suite struct MemberTypeTests {
    struct Member: Sendable, CustomTestStringConvertible {
        enum Kind: Sendable {
            case string, sequence, bool
            case limit(ClosedRange<Int>)
            case object
            /// A number or a word.
            case position
            /// A word or an object.
            case filter
        }

        let op: String
        /// Members of the frame that is right.
        let frame: [String: String]
        /// Dots lead into objects.
        let path: String
        let kind: Kind
        /// What an absent or null member is told; nil where it may be absent.
        let missing: String?

        var name: String { String(path.split(separator: ".").last ?? "") }
        var testDescription: String { "\(op).\(path)" }

        /// The frame with another value in this place, or without it.
        func frame(with value: String?) -> String {
            var members = frame
            let steps = path.split(separator: ".").map(String.init)
            if steps.count == 1 {
                members[steps[0]] = value
            } else {
                guard case .object(var inner)? = try? JSONParser.parse(members[steps[0]] ?? "{}") else { return "" }
                inner[steps[1]] = value.flatMap { try? JSONParser.parse($0) }
                members[steps[0]] = JSONValue.object(inner).text
            }
            let text = members.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
            return "{\(text)}"
        }

        /// What a value of another type is told.
        var wrongType: String {
            switch kind {
            case .string: "\(name) must be a string"
            case .sequence: "\(name) must be a sequence number"
            case .bool: "\(name) must be true or false"
            case .limit(let range): "limit must be an integer from \(range.lowerBound) to \(range.upperBound)"
            case .object: "\(name) must be an object"
            case .position: #"after must be a sequence number, 0 or "now""#
            case .filter: "filter must be an object or a word"
            }
        }

        /// Values that this member can never have.
        var wrongValues: [String] {
            let values: [(type: String, text: String)] = [
                ("bool", "true"), ("integer", "1"), ("fraction", "1.5"), ("fraction", "1.0"), ("string", #""x""#),
                ("array", "[]"), ("object", "{}"),
            ]
            let accepted: Set<String> =
                switch kind {
                case .string: ["string"]
                case .sequence, .limit, .position: ["integer"]
                case .bool: ["bool"]
                case .object: ["object"]
                case .filter: ["string", "object"]
                }
            return values.filter { !accepted.contains($0.type) }.map(\.text)
        }
    }

    private static func members(
        of op: String,
        _ frame: [String: String],
        _ members: [(path: String, kind: Member.Kind, missing: String?)]
    ) -> [Member] {
        let frame = frame.merging(["op": #""\#(op)""#]) { $1 }
        return members.map { Member(op: op, frame: frame, path: $0.path, kind: $0.kind, missing: $0.missing) }
    }

    private static func need(_ name: String, _ kind: Member.Kind = .string) -> (String, Member.Kind, String?) {
        let what = if case .sequence = kind { "a sequence number" } else { "a string" }
        let last = name.split(separator: ".").last ?? ""
        return (name, kind, "\(last) is missing: \(what) is needed")
    }

    private static let room = ["room": #""\#(Named.room)""#]
    private static let write = room.merging(["mid": #""k""#]) { $1 }
    private static let noBody = "body is missing: an object is needed"

    static let all: [Member] =
        members(
            of: "auth",
            ["profile": #"{"name":"n","user_id":"1","signature":"s"}"#],
            [
                ("token", .string, nil), ("profile", .object, nil), ("rooms", .object, nil),
                ("profile.name", .string, nil), ("profile.email", .string, nil), ("profile.phone", .string, nil),
                ("profile.locale", .string, nil), ("profile.page", .string, nil),
                ("profile.user_id", .string, "profile.user_id and profile.signature come together"),
                ("profile.signature", .string, "profile.user_id and profile.signature come together"),
            ])
        + members(of: "join", room, [need("room"), ("after", .position, nil), ("limit", .limit(1...500), nil)])
        + members(of: "leave", room, [need("room")])
        + members(
            of: "send",
            write.merging(["kind": #""text""#, "body": #"{"text":"a"}"#]) { $1 },
            [
                need("room"), need("mid"), need("kind"), ("body", .object, noBody), need("body.text"),
                ("reply_to", .sequence, nil),
            ])
        + members(
            of: "send",
            write.merging(["kind": #""file""#, "body": #"{"attachment":"\#(Named.file)"}"#]) { $1 },
            [("body", .object, noBody), need("body.attachment"), ("body.caption", .string, nil)])
        + members(
            of: "send",
            write.merging(["kind": #""template""#, "body": #"{"name":"n","language":"ar"}"#]) { $1 },
            [
                ("body", .object, noBody), need("body.name"), need("body.language"), ("body.params", .object, nil),
            ])
        + members(
            of: "edit",
            write.merging(["target": "1", "body": #"{"text":"a"}"#]) { $1 },
            [
                need("room"), need("mid"), need("target", .sequence), ("body", .object, noBody), need("body.text"),
            ])
        + members(
            of: "delete", write.merging(["target": "1"]) { $1 },
            [need("room"), need("mid"), need("target", .sequence)])
        + members(
            of: "react",
            write.merging(["target": "1", "emoji": #""x""#]) { $1 },
            [need("room"), need("mid"), need("target", .sequence), need("emoji"), ("on", .bool, nil)])
        + members(
            of: "assign", write.merging(["to": #""me""#]) { $1 }, [need("room"), need("mid"), ("to", .string, nil)])
        + members(
            of: "state", write.merging(["state": #""open""#]) { $1 },
            [need("room"), need("mid"), need("state"), ("until", .string, nil)])
        + members(of: "read", room.merging(["seq": "1"]) { $1 }, [need("room"), need("seq", .sequence)])
        + members(
            of: "typing", room.merging(["on": "true"]) { $1 },
            [need("room"), ("on", .bool, "on must be true or false")])
        + members(
            of: "help", room.merging(["kind": #""reply""#]) { $1 },
            [need("room"), need("kind"), ("draft", .string, nil), ("to", .string, nil)])
        + members(
            of: "help", room.merging(["kind": #""translation""#, "text": #""a""#]) { $1 },
            [("text", .string, "give text, or target: the seq of a message")])
        + members(
            of: "help", room.merging(["kind": #""translation""#, "target": "1"]) { $1 },
            [("target", .sequence, "give text, or target: the seq of a message")])
        + members(of: "presence", ["state": #""online""#], [need("state")])
        + members(
            of: "history", room,
            [need("room"), ("before", .sequence, nil), ("after", .sequence, nil), ("limit", .limit(1...200), nil)])
        + members(
            of: "inbox", ["filter": #"{"state":"open"}"#],
            [
                ("filter", .filter, nil), ("filter.state", .string, nil), ("filter.assignee", .string, nil),
                ("since", .string, nil), ("before", .string, nil), ("limit", .limit(1...200), nil),
            ])
        + members(
            of: "search", ["q": #""ab""#], [need("q"), ("room", .string, nil), ("limit", .limit(1...50), nil)])

    @Test(arguments: all)
    func frameIsRightWithoutAChange(member: Member) {
        let text = member.frame.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ",")
        #expect(ClientFrame(text: "{\(text)}").error == nil)
    }

    @Test(arguments: all)
    func wrongTypeIsNamed(member: Member) {
        for value in member.wrongValues {
            let frame = ClientFrame(text: member.frame(with: value))
            #expect(frame == .malformed(.badRequest(member.wrongType), id: nil), "with \(value)")
        }
    }

    @Test(arguments: all)
    func absentMemberIsNamedWhereItIsNeeded(member: Member) {
        #expect(ClientFrame(text: member.frame(with: "null")).error == member.missing.map(HubError.badRequest))
        // Only an owner can be taken away by name: null is a value there.
        let absent =
            member.op == "assign" && member.path == "to"
            ? #"to is missing: a user id, "me", a team id, "assistant" or null"# : member.missing
        #expect(ClientFrame(text: member.frame(with: nil)).error == absent.map(HubError.badRequest))
    }
}
