import Domain

/// A header of answers, as OpenAPI describes it once for all.
enum OpenAPIHeader: String, CaseIterable {
    case eTag = "ETag"
    case location = "Location"
    case idempotentReplayed = "Idempotent-Replayed"
    case rateLimit = "RateLimit"
    case rateLimitPolicy = "RateLimit-Policy"
    case rateLimitLimit = "RateLimit-Limit"
    case rateLimitRemaining = "RateLimit-Remaining"
    case rateLimitReset = "RateLimit-Reset"
    case requestID = "X-Request-ID"
    case retryAfter = "Retry-After"
    case wwwAuthenticate = "WWW-Authenticate"

    /// Those of every answer that counts towards a rate.
    static let ofRate: [Self] = [.rateLimit, .rateLimitPolicy, .rateLimitLimit, .rateLimitRemaining, .rateLimitReset]

    static var components: JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: allCases.map { header in
                    (
                        header.rawValue,
                        ["description": .string(header.note), "schema": ["type": .string(header.type)]]
                    )
                }
            ))
    }

    static func references(_ headers: [Self]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: headers.map { header in
                    (header.rawValue, ["$ref": .string("#/components/headers/\(header.rawValue)")])
                }
            ))
    }

    private var type: String {
        switch self {
        case .rateLimitLimit, .rateLimitRemaining, .rateLimitReset, .retryAfter: "integer"
        case .eTag, .location, .idempotentReplayed, .rateLimit, .rateLimitPolicy, .requestID, .wwwAuthenticate:
            "string"
        }
    }

    private var note: String {
        switch self {
        case .eTag: "The version; give it back in If-Match or If-None-Match."
        case .location: "Where what was made is."
        case .idempotentReplayed: "`true` when this is the answer to an earlier request with the same key."
        case .rateLimit: "What is left of the policy: `r` requests, all again in `t` seconds."
        case .rateLimitPolicy: "`q` requests in `w` seconds."
        case .rateLimitLimit: "As `q`."
        case .rateLimitRemaining: "As `r`."
        case .rateLimitReset: "As `t`, in seconds."
        case .requestID: "Names the request in the log of the hub."
        case .retryAfter: "Seconds after which a repetition is sane."
        case .wwwAuthenticate: "The scheme that is wanted."
        }
    }
}
