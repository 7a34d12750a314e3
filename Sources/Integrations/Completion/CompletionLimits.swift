package import Domain

/// How long an answer of a language model may take.
///
/// The defaults are those that OpenAI's own client and its guide suggest.
package struct CompletionLimits: Sendable, Equatable {
    package var connect = Duration.seconds(5)
    /// From the request to the first piece of the answer.
    package var firstPiece = Duration.seconds(30)
    /// Between two pieces.
    package var nextPiece = Duration.seconds(30)
    /// Of one request.
    package var whole = Duration.seconds(120)
    /// Of one event of the stream.
    package var maxEventBytes = 1 << 20
    package var retry = CompletionRetry()

    /// Answers that may be under way: those of the assistant and the help for staff of one hub. Further ones would wait
    /// unseen for a connection, until their time is over.
    package var maxStreams = 640

    package init() {}
}
