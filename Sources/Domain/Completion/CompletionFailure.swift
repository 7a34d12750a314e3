/// Why there is no whole answer of a language model.
package struct CompletionFailure: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The key is wrong, or may not be used from here.
        case badCredential
        /// The model or the path is not known.
        case unknownModel
        /// The request is wrong; `parameter` is what it is about, where the server says so.
        case badRequest(parameter: String?)
        /// The messages are more than the model can read.
        case contextTooLong
        /// Too many requests or tokens in a minute.
        case tooFast
        /// The account has no credit left. Waiting does not help.
        case outOfCredit
        /// The server has a problem of its own, or timed out.
        case overloaded
        /// Nobody answers, or the connection broke before the first byte.
        case unreachable
        /// The stream ended, stood still or broke in the middle.
        case truncated
        /// What came makes no sense.
        case malformed
        /// It failed several times in a row, and is left alone for a moment.
        case resting
        /// A budget of the shop is used up: nothing was sent.
        case overBudget(BudgetStop)

        package var name: String {
            switch self {
            case .badCredential: "bad_credential"
            case .unknownModel: "unknown_model"
            case .badRequest: "bad_request"
            case .contextTooLong: "context_too_long"
            case .tooFast: "too_fast"
            case .outOfCredit: "out_of_credit"
            case .overloaded: "overloaded"
            case .unreachable: "unreachable"
            case .truncated: "truncated"
            case .malformed: "malformed"
            case .resting: "resting"
            case .overBudget: "over_budget"
            }
        }
    }

    package let kind: Kind
    /// The server's words. They may hold a part of the key: for nobody but who set it up.
    package let details: String
    /// How long the server asks to wait.
    package let retryAfter: Duration?
    /// By which the server's own people find the request; nil when none was answered.
    package var requestID: String?

    package init(_ kind: Kind, _ details: String = "", retryAfter: Duration? = nil) {
        self.kind = kind
        self.details = String(details.prefix(500))
        self.retryAfter = retryAfter
    }

    /// Reads an answer that is no success; its body may be anything.
    package init(status: Int, body: String, retryAfter: Duration? = nil) {
        let json = try? JSONParser.parse(body, maxDepth: 16)
        let error = json?["error"]
        let details = error?["message"]?.string ?? error?.string ?? json?["detail"]?.string ?? "HTTP \(status)"
        let code = error?["code"]?.string ?? error?["type"]?.string
        self.init(
            Self.kind(status: status, code: code, parameter: error?["param"]?.string), details, retryAfter: retryAfter)
    }

    /// An error in the middle of a stream, whose status was a success.
    init(streamed error: JSONValue) {
        let code = error["code"]?.string ?? error["type"]?.string
        let status = error["code"]?.integer.map(Int.init) ?? (code == "rate_limit_exceeded" ? 429 : 500)
        self.init(
            Self.kind(status: status, code: code, parameter: nil), error["message"]?.string ?? error.string ?? "")
    }

    private static func kind(status: Int, code: String?, parameter: String?) -> Kind {
        switch (status, code) {
        case (_, "context_length_exceeded"): .contextTooLong
        case (_, "insufficient_quota"), (_, "credit_balance_exhausted"): .outOfCredit
        case (_, "model_not_found"), (404, _): .unknownModel
        case (401, _), (403, _): .badCredential
        case (429, _): .tooFast
        case (408, _), (409, _), (500..., _): .overloaded
        default: .badRequest(parameter: parameter)
        }
    }
}
