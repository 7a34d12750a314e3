import Domain

/// How Vault refuses, by what follows from it.
enum TransitFailure: Error, Sendable, Equatable {
    /// 400: altered, other associated data, or a version below the smallest that it still opens.
    case badInput
    /// 404
    case noKey
    /// 403: the token is wrong, has ended, or its policy does not allow it.
    case refused
    /// 429, 503 (sealed), another 5xx, or no answer: may do better later.
    case away(isSealed: Bool, retryAfter: Duration?)
    /// What is no answer of Vault.
    case garbled

    /// Of an answer that is not 200.
    init(_ answer: OutboundAnswer) {
        switch answer.status {
        case 400: self = .badInput
        case 401, 403: self = .refused
        case 404: self = .noKey
        case 429, 412, 472, 473, 500...: self = .away(isSealed: answer.status == 503, retryAfter: answer.retryAfter)
        default: self = .garbled
        }
    }
}
