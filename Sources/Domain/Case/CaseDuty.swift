/// Something that the hub owes the log of a conversation. Its `mid` makes it happen once, whoever does it.
package enum CaseDuty: Sendable, Equatable {
    /// `run` is the message from which the clock ran.
    case clock(ServiceClock.Kind, ClockStage, due: Timestamp, run: SequenceNumber)
    /// The customer is told that the shop is closed; `began` is the first message of the case.
    case away(began: SequenceNumber)
    /// The customer is asked how it was.
    case survey(began: SequenceNumber)

    /// The same on every hub.
    package var mid: MID {
        switch self {
        case .clock(let kind, let stage, _, let run): .following(run, Self.purpose(kind, stage))
        case .away(let began): .following(began, "away")
        case .survey(let began): .following(began, "survey")
        }
    }

    private static func purpose(_ kind: ServiceClock.Kind, _ stage: ClockStage) -> StaticString {
        switch (kind, stage) {
        case (.firstResponse, .warned): "first-response-warned"
        case (.firstResponse, .breached): "first-response-breached"
        case (.nextResponse, .warned): "next-response-warned"
        case (.nextResponse, .breached): "next-response-breached"
        case (.resolution, .warned): "resolution-warned"
        case (.resolution, .breached): "resolution-breached"
        }
    }
}
