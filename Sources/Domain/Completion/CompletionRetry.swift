/// Whether a request to a language model is made again, and when.
///
/// The rules of OpenAI's own client: twice at most, half a second doubled up to eight, less a quarter by chance, and
/// never earlier than the server asks.
package struct CompletionRetry: Sendable, Equatable {
    package var maxRetries = 2
    package var firstPause = Duration.milliseconds(500)
    package var longestPause = Duration.seconds(8)
    /// Who is asked to wait longer gives up, and says when.
    package var longestWait = Duration.seconds(120)

    package init() {}

    /// After how long to ask again; nil to give up.
    ///
    /// - Parameters:
    ///   - retries: Made before.
    ///   - wasShown: Whether a part of the answer was seen: then there is no second one.
    ///   - chance: From 0 to 1; spreads retries.
    package func pause(after failure: CompletionFailure, retries: Int, wasShown: Bool, chance: Double) -> Duration? {
        guard !wasShown, retries < maxRetries, failure.isTransient else { return nil }
        let asked = failure.retryAfter ?? .zero
        guard asked <= longestWait else { return nil }
        let pause = min(longestPause, firstPause * (1 << min(retries, 20)))
        return max(asked, pause * (1 - 0.25 * min(max(chance, 0), 1)))
    }
}

extension CompletionFailure {
    /// Whether the same request may do better later.
    package var isTransient: Bool {
        switch kind {
        case .tooFast, .overloaded, .unreachable, .truncated: true
        case .badCredential, .unknownModel, .badRequest, .contextTooLong, .outOfCredit, .malformed, .resting,
            .overBudget:
            false
        }
    }

    /// Whether it says something of the service, and not only of this request.
    package var isOfService: Bool {
        switch kind {
        case .badCredential, .unknownModel, .outOfCredit, .overloaded, .unreachable, .truncated, .malformed: true
        // A server that says how fast it may be asked is well.
        case .tooFast, .badRequest, .contextTooLong, .resting, .overBudget: false
        }
    }

    /// Whether it lasts until somebody changes what is set up.
    package var needsOperator: Bool {
        switch kind {
        case .badCredential, .unknownModel, .badRequest, .outOfCredit: true
        case .contextTooLong, .tooFast, .overloaded, .unreachable, .truncated, .malformed, .resting, .overBudget:
            false
        }
    }
}
