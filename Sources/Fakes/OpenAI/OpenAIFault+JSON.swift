extension OpenAIFault {
    /// `{kind, on?, times?}` and what the kind knows: `after_bytes`, `after_events`, `ms`, `http`, `retry_after`,
    /// `retry_after_ms`, `param`, `code`, `body`, or the members of a delivery.
    init(_ body: JSON) throws(OpenAIError) {
        guard let name = body["kind"]?.string else { throw .missing("kind") }
        guard let part = OpenAIPart(rawValue: body["on"]?.string ?? "chat") else {
            throw .value("on", "expected one of \(OpenAIPart.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.name = name
        self.part = part
        times = body["times"]?.integer.map { Int($0) } ?? 1
        kind = try Self.kind(name, Parameters(body: body))
    }

    /// What is told beside the kind.
    private struct Parameters {
        let body: JSON

        var http: Int? { number("http") }
        var seconds: Double { (body["ms"]?.double ?? 1000) / 1000 }
        var bytes: Int? { number("after_bytes") }
        var events: Int { number("after_events") ?? 2 }

        func number(_ name: String) -> Int? {
            body[name]?.integer.map { max(0, Int($0)) }
        }

        var retryHeaders: [String: String] {
            var headers: [String: String] = [:]
            switch body["retry_after"] {
            case .string(let date)?: headers["retry-after"] = date
            case let value?: headers["retry-after"] = value.text
            case nil: break
            }
            headers["retry-after-ms"] = body["retry_after_ms"]?.text
            return headers
        }

        /// An error as the API writes it, with the status and code that were asked for.
        func answer(_ error: OpenAIError) -> Kind {
            var error = error
            error.status = http ?? error.status
            error.code = body["code"]?.string ?? error.code
            error.param = body["param"]?.string ?? error.param
            return .answer(Answer(status: error.status, body: error.json.text, headers: retryHeaders))
        }

        func raw(_ text: String, status: Int, isHTML: Bool = false) -> Kind {
            .answer(Answer(status: http ?? status, body: text, isHTML: isHTML, headers: retryHeaders))
        }
    }

    private static func kind(_ name: String, _ its: Parameters) throws(OpenAIError) -> Kind {
        switch name {
        // Instead of an answer.
        case "invalid_key": its.answer(.wrongKey)
        case "rate_limit": its.answer(.rate(its.body["of"]?.string ?? "requests"))
        case "insufficient_quota": its.answer(.quota)
        case "server_error": its.answer(.server)
        case "overloaded": its.answer(.overloaded)
        case "unsupported": its.answer(.unsupported(its.body["param"]?.string ?? "stream_options"))
        case "context_length": its.answer(.tooLong(200_000, most: 128_000))
        case "html": its.raw("<html><body><h1>502 Bad Gateway</h1></body></html>", status: 502, isHTML: true)
        case "bare_string": its.raw(#""the upstream is busy""#, status: 500)
        case "error_string": its.raw(#"{"error":"the upstream is busy"}"#, status: 500)
        case "numeric_code": its.raw(#"{"error":{"message":"busy","type":null,"param":null,"code":503}}"#, status: 503)
        case "detail": its.raw(#"{"detail":[{"loc":["body"],"msg":"unprocessable"}]}"#, status: 422)
        case "empty": its.raw("", status: 200)
        case "body": its.raw(its.body["body"].map { $0.string ?? $0.text } ?? "", status: 200)
        // In the middle of one.
        case "silence": .silence(its.seconds)
        case "stall": .stall(after: its.bytes ?? 0, seconds: its.seconds)
        case "truncated": .truncated(after: its.bytes)
        case "unfinished": .unfinished
        case "cut": .cut(after: its.bytes ?? 0, isReset: false)
        case "reset": .cut(after: its.bytes ?? 0, isReset: true)
        case "malformed": .malformed(after: its.events)
        case "stream_error": .streamError(after: its.events, streamError(its.body))
        case "comments_only": .commentsOnly(seconds: its.seconds)
        // Another way of sending.
        case "split_utf8": .delivery(["chunk": 1])
        case "crlf": .delivery(["line_ending": "crlf"])
        case "cr": .delivery(["line_ending": "cr"])
        case "comments": .delivery(["comments": true])
        case "delivery": try delivery(its.body)
        // What the model got wrong.
        case "invalid_arguments": .invalidArguments
        case "undeclared_argument": .undeclaredArgument
        case "unknown_tool": .unknownTool
        default: throw .value("kind", "there is no fault '\(name)'")
        }
    }

    private static func delivery(_ body: JSON) throws(OpenAIError) -> Kind {
        let own: Set<String> = ["kind", "on", "times"]
        let members = (body.object ?? [:]).filter { !own.contains($0.key) }
        var trial = Delivery()
        try trial.change(members)
        return .delivery(members)
    }

    private static func streamError(_ body: JSON) -> OpenAIError {
        OpenAIError(
            message: "The server had an error while processing your request.", type: "server_error",
            code: body["code"]?.string ?? "server_error")
    }
}
