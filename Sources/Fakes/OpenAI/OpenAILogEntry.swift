/// One request as it is told in the log. Keys of clients are not in it.
struct OpenAILogEntry: Sendable, Equatable {
    let number: Int
    let part: OpenAIPart
    let requestID: String
    /// Seconds since 1970.
    let at: Double
    let body: JSON?
    var status = 200
    var error: String?
    var rule: String?
    var fault: String?
    var completion: Completion?
    var isStreamed = false
    /// Bytes that the answer would have.
    var plannedBytes = 0
    /// Bytes that were written before it ended.
    var sentBytes = 0
    /// `running`, `finished`, `truncated`, `cut`, `reset`, or `cancelled` when the client went first.
    var end = "running"
    var endedAt: Double?

    var json: JSON {
        .members([
            "number": .integer(Int64(number)), "part": .string(part.rawValue), "request_id": .string(requestID),
            "at": .number(at), "body": body, "status": .integer(Int64(status)), "error": error.map(JSON.string),
            "rule": rule.map(JSON.string), "fault": fault.map(JSON.string), "answer": completion?.message,
            "finish_reason": completion.map { .string($0.finishReason) }, "streamed": .bool(isStreamed),
            "planned_bytes": .integer(Int64(plannedBytes)), "sent_bytes": .integer(Int64(sentBytes)),
            "end": .string(end), "ended_at": endedAt.map(JSON.number),
        ])
    }
}
