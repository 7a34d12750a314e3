/// How one request to an endpoint ended.
package enum HookResult: Sendable, Equatable {
    case answered(status: Int, retryAfter: Duration?)
    case failed(Failure)

    /// Why there is no answer.
    package enum Failure: String, Sendable, CaseIterable {
        /// The address leads where the hub does not go: it is private, or without TLS.
        case forbidden = "address_not_allowed"
        /// No such host, or nobody there.
        case unreachable
        /// Its certificate is not to be trusted.
        case untrusted = "tls"
        case late = "timeout"
        /// Longer than what is read.
        case tooLarge = "answer_too_long"
        /// The connection ended too early, or what came is no HTTP.
        case garbled = "broken_answer"
        /// It could not be signed: whoever keeps the keys is away.
        case unsigned = "no_secret"
    }

    package var isGood: Bool {
        if case .answered(200...299, _) = self { true } else { false }
    }

    /// It wants nothing any more (RFC 9110 section 15.5.11).
    package var isGone: Bool {
        if case .answered(410, _) = self { true } else { false }
    }

    /// What it means for the outbox: nothing but 410 is taken for a last word.
    ///
    /// - Parameter entry: Our name for the request.
    package func outcome(_ entry: OutboxEntryID) -> SendOutcome {
        switch self {
        case .answered(200...299, _):
            .sent(entry.text)
        case .answered(410, _):
            .refused(SendRefusal(.permanent, problem))
        case .answered(429, let pause):
            .refused(SendRefusal(.retrySlowNumber, problem, retryAfter: pause))
        case .answered(503, let pause?):
            .refused(SendRefusal(.retrySlowNumber, problem, retryAfter: pause))
        case .answered(_, let pause):
            .refused(SendRefusal(.retry, problem, retryAfter: pause))
        case .failed:
            .refused(SendRefusal(.retry, problem))
        }
    }

    /// A word for it, with nothing of what was answered.
    package var reason: String? {
        switch self {
        case .answered(200...299, _): nil
        case .answered(300...399, _): "redirect"
        case .answered: "status"
        case .failed(let failure): failure.rawValue
        }
    }

    /// Every word that `reason` may give.
    package static let reasons = ["redirect", "status"] + Failure.allCases.map(\.rawValue)

    package var status: Int? {
        if case .answered(let status, _) = self { status } else { nil }
    }

    private var problem: OutboxProblem {
        let word = reason ?? ""
        return OutboxProblem(
            code: status.map(Int64.init),
            StatusMessage(ar: "لم يقبل النظام المستقبل الإشعار: \(word)", en: "The endpoint did not take it: \(word)"))
    }
}
