/// An error of the API, as it is written in a body or in the middle of a stream.
///
/// Source: OpenAI API reference, "Error codes".
struct OpenAIError: Error, Sendable, Equatable {
    var status = 400
    let message: String
    var type = "invalid_request_error"
    /// The field that is wrong, as a path in the request.
    var param: String?
    var code: String?

    var json: JSON {
        [
            "error": [
                "message": .string(message),
                "type": .string(type),
                "param": param.map(JSON.string) ?? .null,
                "code": code.map(JSON.string) ?? .null,
            ]
        ]
    }

    static let missingKey = OpenAIError(
        status: 401, message: "You didn't provide an API key. Send it as a Bearer token in the Authorization header.")
    static let wrongKey = OpenAIError(
        status: 401, message: "Incorrect API key provided.", code: "invalid_api_key")
    static let quota = OpenAIError(
        status: 429, message: "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota", code: "insufficient_quota")
    static let server = OpenAIError(
        status: 500, message: "The server had an error while processing your request. Sorry about that!",
        type: "server_error")
    static let overloaded = OpenAIError(
        status: 503, message: "The engine is currently overloaded, please try again later.", type: "server_error",
        code: "server_is_overloaded")
    static let noJSON = OpenAIError(message: "We could not parse the JSON body of your request.")

    /// `kind` is `requests` or `tokens`.
    static func rate(_ kind: String) -> OpenAIError {
        OpenAIError(
            status: 429, message: "Rate limit reached on \(kind) per min. Please try again later.", type: kind,
            code: "rate_limit_exceeded")
    }

    static func unknownModel(_ name: String) -> OpenAIError {
        OpenAIError(
            status: 404, message: "The model `\(name)` does not exist or you do not have access to it.",
            code: "model_not_found")
    }

    static func missing(_ param: String) -> OpenAIError {
        OpenAIError(
            message: "Missing required parameter: '\(param)'.", param: param, code: "missing_required_parameter")
    }

    static func value(_ param: String, _ expected: String, code: String = "invalid_value") -> OpenAIError {
        OpenAIError(message: "Invalid value for '\(param)': \(expected).", param: param, code: code)
    }

    static func unsupported(_ param: String) -> OpenAIError {
        OpenAIError(
            message: "Unsupported parameter: '\(param)' is not supported with this model.", param: param,
            code: "unsupported_parameter")
    }

    static func tooLong(_ count: Int, most: Int) -> OpenAIError {
        OpenAIError(
            message: "This model's maximum context length is \(most) tokens. However, your messages resulted in "
                + "\(count) tokens. Please reduce the length of the messages.",
            param: "messages", code: "context_length_exceeded")
    }
}
