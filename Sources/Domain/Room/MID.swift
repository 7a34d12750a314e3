/// The client's own name for one write; (room, author, mid) is unique for ever.
package struct MID: Sendable, Hashable, CustomStringConvertible {
    package static let maxLength = 64

    package let text: String

    /// Accepts 1–64 characters of `A–Z a–z 0–9 . _ : -`.
    package init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, (1...Self.maxLength).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    private init(own text: String) {
        self.text = text
    }

    /// The hub's own write that follows from the event at `seq`: the same on every node, so it happens once.
    package static func following(_ seq: SequenceNumber, _ purpose: StaticString) -> MID {
        MID(own: "\(purpose)-\(seq.value)")
    }

    /// The hub's own write that is due at a moment.
    package static func due(at moment: Timestamp, _ purpose: StaticString) -> MID {
        MID(own: "\(purpose)-\(moment.milliseconds)")
    }

    /// The hub's own change of owner: epochs never come twice.
    package static func owner(after epoch: Int64) -> MID {
        MID(own: "owner-\(epoch)")
    }

    /// What a customer is told when the assistant gives them to people.
    package static func handover(at epoch: Int64) -> MID {
        MID(own: "handover-\(epoch)")
    }

    static let runPrefix = "run-"

    /// A run of the assistant begins.
    package static func start(of run: AssistantRun.ID) -> MID {
        MID(own: "\(message(of: run))-start")
    }

    /// What a run of the assistant wrote.
    package static func message(of run: AssistantRun.ID) -> MID {
        MID(own: "\(runPrefix)\(run.question.value).\(run.epoch)")
    }

    /// A run of the assistant is over, however it ended.
    package static func end(of run: AssistantRun.ID) -> MID {
        MID(own: "\(message(of: run))-end")
    }

    /// The end of the run whose message has this name; nil for a message that is of none.
    static func end(ofRunWriting mid: MID) -> MID? {
        mid.text.hasPrefix(runPrefix) ? MID(own: "\(mid.text)-end") : nil
    }

    package static let codesPrefix = "codes-"

    /// The codes that a run of the assistant had sent again: once, however often it asks.
    package static func codes(of run: AssistantRun.ID) -> MID {
        MID(own: "\(codesPrefix)\(run.question.value).\(run.epoch)")
    }

    /// Codes of an order that was paid: once, whoever delivers them.
    static func codes(of order: OrderID, place: Int, part: Int) -> MID {
        MID(own: "order-codes-\(order.text)-\(place).\(part)")
    }

    /// What is said of an order, one for each purpose.
    package static func note(of order: OrderID, _ purpose: String) -> MID {
        MID(own: "order-\(purpose)-\(order.text)")
    }

    /// A note of a run for colleagues, one for each purpose.
    package static func note(of run: AssistantRun.ID, _ purpose: StaticString) -> MID {
        MID(own: "\(purpose)-\(run.question.value).\(run.epoch)")
    }

    /// A short message that came, in the conversation of who wrote it.
    package static func sms(_ id: SMSID) -> MID {
        MID(own: "sms-\(id.text)")
    }

    /// A name for a write that is not retried.
    package static func fresh() -> MID {
        var random = SystemRandomNumberGenerator()
        return MID(
            own: "hub-" + String(random.next() as UInt64, radix: 36) + String(random.next() as UInt64, radix: 36))
    }

    package var description: String { text }
}
