/// An error of the Graph API. Its code is what a client branches on; text and HTTP status are for people.
///
/// Source: WhatsApp Business Platform, "Error Codes".
struct GraphError: Error, Sendable, Equatable {
    let status: Int
    let code: Int64
    let title: String
    var details: String?
    var subcode: Int64?
    var isTransient = false

    var json: JSON {
        .object([
            "error": .members([
                "message": .string("(#\(code)) \(title)"),
                "type": "OAuthException",
                "code": .integer(code),
                "error_subcode": subcode.map(JSON.integer),
                "is_transient": isTransient ? true : nil,
                "error_data": details.map { ["messaging_product": "whatsapp", "details": .string($0)] },
                "fbtrace_id": "AfakeTraceOfNothing",
            ])
        ])
    }

    /// As it stands in a status of a message that failed later.
    var inStatus: JSON {
        .members([
            "code": .integer(code),
            "title": .string(title),
            "message": .string(title),
            "error_data": details.map { ["details": .string($0)] },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        ])
    }

    static let expiredToken = GraphError(status: 401, code: 190, title: "Access token has expired", subcode: 463)
    static let badToken = GraphError(status: 401, code: 190, title: "Invalid OAuth access token.", subcode: 467)
    static let unknownNumber = GraphError(
        status: 400, code: 100, title: "Unsupported request. Object does not exist or is not visible.", subcode: 33)
    static let numberRate = GraphError(status: 429, code: 130_429, title: "Rate limit hit")
    static let pairRate = GraphError(
        status: 400, code: 131_056, title: "(Business Account, Consumer Account) pair rate limit hit")
    static let windowClosed = GraphError(
        status: 400, code: 131_047, title: "Re-engagement message",
        details: "More than 24 hours have passed since the customer last replied to this number.")
    static let senderIsRecipient = GraphError(
        status: 400, code: 131_021, title: "Recipient cannot be sender", details: "That is your own number.")
    static let undeliverable = GraphError(status: 400, code: 131_026, title: "Message undeliverable")
    static let unknownTemplate = GraphError(
        status: 404, code: 132_001, title: "Template name does not exist in the translation")

    static func parameter(_ details: String) -> GraphError {
        GraphError(status: 400, code: 100, title: "Invalid parameter", details: details)
    }

    static func missing(_ name: String) -> GraphError {
        GraphError(status: 400, code: 131_008, title: "Required parameter is missing", details: "\(name) is missing")
    }

    static func value(_ details: String) -> GraphError {
        GraphError(status: 400, code: 131_009, title: "Parameter value is not valid", details: details)
    }

    static func templateParameters(_ expected: Int) -> GraphError {
        GraphError(
            status: 400, code: 132_000, title: "Number of parameters does not match the expected number of params",
            details: "body: expected \(expected)")
    }

    /// Any code by its number, as a test asks for it.
    static func other(_ code: Int64, status: Int, isTransient: Bool) -> GraphError {
        GraphError(status: status, code: code, title: "Asked for by a test", isTransient: isTransient)
    }
}
