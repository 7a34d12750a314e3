import Domain
import NIOHTTP1

/// How AWS KMS refuses, by what follows from it (API Reference, "Common Errors" and those of each operation).
enum KMSFailure: Error, Sendable, Equatable {
    /// Altered, with another context, or by another key than named.
    case altered
    /// No such key, disabled, about to be deleted, or not meant for encryption.
    case keyUnusable
    /// The credential is wrong, has ended, or may not do this.
    case refused
    /// May do better later.
    case away(retryAfter: Duration?)
    /// Anything else, and what is no answer of KMS.
    case garbled

    /// Of an answer that is not 200.
    init(_ answer: OutboundAnswer) {
        // A prefix ends with `#`, and an address may follow behind a colon.
        let type = answer.json?["__type"]?.string ?? answer.headers.first(name: "x-amzn-errortype") ?? ""
        let word = type.split(separator: "#").last.map { $0.prefix { $0 != ":" } } ?? ""
        switch word {
        case "InvalidCiphertextException", "IncorrectKeyException", "IncorrectKeyMaterialException":
            self = .altered
        case "NotFoundException", "DisabledException", "KMSInvalidStateException", "InvalidKeyUsageException",
            "InvalidArnException":
            self = .keyUnusable
        case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException",
            "ExpiredTokenException", "IncompleteSignatureException", "InvalidClientTokenId",
            "MissingAuthenticationTokenException", "MissingAuthenticationToken", "OptInRequired", "NotAuthorized",
            "SignatureDoesNotMatch":
            self = .refused
        case "KeyUnavailableException", "DependencyTimeoutException", "KMSInternalException", "ThrottlingException",
            "LimitExceededException", "ServiceUnavailable", "InternalFailure", "RequestExpired":
            self = .away(retryAfter: answer.retryAfter)
        default:
            self =
                answer.status >= 500 || answer.status == 429
                ? .away(retryAfter: answer.retryAfter)
                : answer.status == 401 || answer.status == 403 ? .refused : .garbled
        }
    }
}
