/// Reckons what one request took, from what came of it.
///
/// The server's own numbers count where it told them. A stream that was cut or cancelled tells none: then it is what
/// was sent and what was heard, by estimate.
package struct AnswerMeter: Sendable {
    private let prompt: Int64
    private var heard = ""

    /// - Parameter prompt: An estimate of what is sent, in tokens.
    package init(prompt: Int64) {
        self.prompt = prompt
    }

    package mutating func hear(_ piece: String) {
        heard += piece
    }

    /// Of a request whose answer came.
    package func usage(of whole: Completion) -> TokenUsage {
        whole.usage ?? estimate(whole.toolCalls.reduce(whole.refusal ?? "") { $0 + $1.name + $1.arguments })
    }

    /// Of a request whose answer is not wanted any more.
    package var usage: TokenUsage { estimate() }

    /// Of a request that failed: nothing where the server took nothing.
    package func usage(after failure: CompletionFailure) -> TokenUsage {
        switch failure.kind {
        case .truncated, .malformed: usage
        case .badCredential, .unknownModel, .badRequest, .contextTooLong, .tooFast, .outOfCredit, .overloaded,
            .unreachable, .resting, .overBudget:
            heard.isEmpty ? TokenUsage(prompt: 0, completion: 0) : usage
        }
    }

    /// - Parameter unshown: What the model wrote besides.
    private func estimate(_ unshown: String = "") -> TokenUsage {
        TokenUsage(prompt: prompt, completion: TokenUsage.estimate(heard + unshown), isEstimated: true)
    }
}
