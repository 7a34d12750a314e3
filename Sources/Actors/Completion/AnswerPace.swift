import Domain
import Synchronization

/// How often growing answers are shown: the more there are, the seldomer each, so that people's messages never wait.
final class AnswerPace: Sendable {
    /// Pieces of all answers.
    static let maxPerSecond = 3000
    static let longestPause = Duration.milliseconds(200)

    private let growing = Atomic(0)

    init() {}

    func begin() {
        growing.wrappingAdd(1, ordering: .relaxed)
    }

    func end() {
        growing.wrappingSubtract(1, ordering: .relaxed)
    }

    /// Between two pieces of one answer.
    var pause: Duration { Self.pause(among: growing.load(ordering: .relaxed)) }

    static func pause(among growing: Int) -> Duration {
        min(longestPause, max(AnswerGatherer.pause, .seconds(growing) / maxPerSecond))
    }
}
