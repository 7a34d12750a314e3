import Domain

/// What a relay has sent since the start.
struct OutboxTally: Sendable {
    private var endings: [String: UInt64] = [:]
    private var seconds = 0.0

    mutating func ended(_ outcome: SendOutcome, in duration: Duration) {
        endings[Self.name(outcome), default: 0] += 1
        seconds += Double(duration.milliseconds) / 1000
    }

    func families(_ prefix: String) -> [MetricFamily] {
        [
            .counter(
                "\(prefix)_sends_total", "Tries to send, by how they ended.",
                endings.sorted { $0.key < $1.key }.map { ([.init("outcome", $0.key)], Double($0.value)) }),
            .counter("\(prefix)_send_seconds_total", "Time that sending took.", seconds),
        ]
    }

    private static func name(_ outcome: SendOutcome) -> String {
        switch outcome {
        case .accepted: "accepted"
        case .sent: "sent"
        case .refused(let refusal): refusal.kind.name
        case .unsure: "unsure"
        case .notSent: "not_sent"
        }
    }
}
