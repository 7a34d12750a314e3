import Domain
import Synchronization

/// Seals texts that hold codes on their way into the tables, and opens them on their way out.
///
/// All other texts pass as they are and cost a look at their kind. It belongs to a database and gets its seal when
/// the vault is open; until then nothing with codes can be written or read.
final class TextCloak: Sendable {
    private let seal = Mutex<(any TextSeal)?>(nil)

    func use(_ seal: any TextSeal) {
        self.seal.withLock { $0 = seal }
    }

    // MARK: The log

    /// What the log stores of an event: the words of a message with codes are sealed, which codes they are is not.
    func content(of event: RoomEvent) throws(HubError) -> JSONValue {
        guard let codes = event.content.codes else { return event.content.json }
        let sealed = try current().seal(codes.text, at: Self.place(event.room, event.seq))
        return [
            "kind": .string(MessageBody.Kind.text.rawValue),
            "body": ["sealed": .string(sealed), "codes": codes.json["codes"] ?? .array([])],
        ]
    }

    /// What `content(of:)` was made of, and everything else as it is.
    ///
    /// When the key was given up, the words are what may be told of the codes.
    func opened(_ content: JSONValue, _ room: RoomID, _ seq: SequenceNumber) throws(HubError) -> JSONValue {
        guard let body = content["body"], let sealed = body["sealed"]?.string,
            content["kind"]?.string == MessageBody.Kind.text.rawValue, let marks = body["codes"]
        else { return content }
        let text = try current().open(sealed, at: Self.place(room, seq))
        return Self.plain(text ?? Self.summary(of: marks), marks)
    }

    /// As `opened`, with what may be told of codes in place of the words; that needs no key.
    static func masked(_ content: JSONValue) -> JSONValue {
        guard let body = content["body"], let marks = body["codes"] else { return content }
        return plain(summary(of: marks), marks)
    }

    private static func summary(of marks: JSONValue) -> String {
        CodeText(json: ["text": "", "codes": marks])?.summary ?? ""
    }

    private static func plain(_ words: String, _ marks: JSONValue) -> JSONValue {
        ["kind": .string(MessageBody.Kind.text.rawValue), "body": ["text": .string(words), "codes": marks]]
    }

    private static func place(_ room: RoomID, _ seq: SequenceNumber) -> SecretPlace {
        SecretPlace(table: "room_events", record: "\(room.text)/\(seq.value)", field: "content")
    }

    // MARK: The outbox

    func payload(of entry: OutboxEntry) throws(HubError) -> JSONValue {
        guard entry.holdsCodes else { return entry.content.json }
        return try payload(entry.content.json, of: entry.id)
    }

    func payload(_ plain: JSONValue, of entry: OutboxEntryID) throws(HubError) -> JSONValue {
        ["type": .string(Self.sealedType), "sealed": .string(try current().seal(plain.text, at: Self.place(entry)))]
    }

    static func isSealed(_ payload: JSONValue) -> Bool { payload["type"]?.string == sealedType }

    /// What `payload(of:)` was made of. When the key was given up, nothing can be sent: `cannotOpenSecret`.
    func opened(_ payload: JSONValue, of entry: OutboxEntryID) throws(HubError) -> JSONValue {
        guard Self.isSealed(payload) else { return payload }
        guard let sealed = payload["sealed"]?.string, let text = try current().open(sealed, at: Self.place(entry)),
            let json = try? JSONParser.parse(text, maxDepth: 32)
        else { throw .cannotOpenSecret }
        return json
    }

    private static let sealedType = "sealed"

    private static func place(_ entry: OutboxEntryID) -> SecretPlace {
        SecretPlace(table: "outbox", record: entry.text, field: "payload")
    }

    private func current() throws(HubError) -> any TextSeal {
        guard let seal = seal.withLock(\.self) else {
            throw HubError(.internal, "The vault is not open, so messages with codes can be neither read nor written.")
        }
        return seal
    }
}
