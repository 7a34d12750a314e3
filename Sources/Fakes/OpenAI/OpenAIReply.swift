/// What is sent to a request.
struct OpenAIReply: Sendable, Equatable {
    var status = 200
    var contentType = "application/json"
    var headers: [String: String] = [:]
    /// Seconds before even the head is sent.
    var silence = 0.0
    /// Whether the length is told; streams and bodies that end early have none.
    var hasLength = true
    var plan: StreamPlan
    /// Which request of the log it answers.
    var number = 0

    /// A body in one piece, which is ready after so many seconds.
    init(_ body: JSON, after seconds: Double = 0) {
        plan = StreamPlan(body: body.text)
        silence = seconds
    }

    init(_ error: OpenAIError) {
        self.init(error.json)
        status = error.status
    }

    init(_ answer: OpenAIFault.Answer) {
        plan = StreamPlan(body: answer.body)
        status = answer.status
        headers = answer.headers
        contentType = answer.isHTML ? "text/html" : "application/json"
    }

    init(stream plan: StreamPlan) {
        self.plan = plan
        contentType = "text/event-stream; charset=utf-8"
        hasLength = false
    }

    /// Lets a fault happen to a body in one piece.
    mutating func spoil(_ fault: OpenAIFault?, _ delivery: Delivery) {
        guard let fault else { return }
        if case .silence(let seconds) = fault.kind { silence += seconds }
        plan = fault.spoil(plan, isStreamed: contentType.hasPrefix("text/event-stream"), delivery)
        if plan.ending != .finished { hasLength = false }
    }
}
