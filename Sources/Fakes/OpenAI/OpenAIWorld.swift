/// Everything that the server knows: its script, what shall go wrong, rates, and what was asked of it.
///
/// Decides and remembers; it neither waits nor sends. Times are seconds of one clock that begins in 1970.
struct OpenAIWorld: Sendable {
    var settings: OpenAISettings
    var script: Script
    var faults: [OpenAIFault] = []
    private(set) var log = OpenAILog()
    private var requests: RateBucket
    private var tokens: RateBucket
    private var made = 0

    init(_ settings: OpenAISettings, _ script: Script, at now: Double) {
        self.settings = settings
        self.script = script
        requests = Self.bucket(settings.requestsPerMinute, at: now)
        tokens = Self.bucket(settings.tokensPerMinute, at: now)
    }

    private static func bucket(_ perMinute: Double, at now: Double) -> RateBucket {
        RateBucket(capacity: perMinute, perSecond: perMinute / 60, at: now)
    }

    /// Rates of their own begin anew.
    mutating func setRates(requests: Double?, tokens: Double?, at now: Double) {
        settings.requestsPerMinute = requests ?? settings.requestsPerMinute
        settings.tokensPerMinute = tokens ?? settings.tokensPerMinute
        self.requests = Self.bucket(settings.requestsPerMinute, at: now)
        self.tokens = Self.bucket(settings.tokensPerMinute, at: now)
    }

    /// Answers a request; `body` is nil for what is no JSON.
    mutating func reply(_ part: OpenAIPart, _ body: JSON?, authorization: String?, at now: Double) -> OpenAIReply {
        made += 1
        var entry = OpenAILogEntry(
            number: made, part: part, requestID: "req_fake\(made)", at: now, body: body)
        var reply: OpenAIReply
        do {
            try checkKey(authorization)
            switch part {
            case .models: reply = models(&entry)
            case .chat: reply = try chat(body, &entry, at: now)
            case .embeddings: reply = try embeddings(body, &entry, at: now)
            }
        } catch {
            reply = OpenAIReply(error)
            entry.error = error.message
            if error.code == "rate_limit_exceeded" { reply.headers = retryHeaders(error, at: now) }
        }
        reply.number = made
        reply.headers.merge(headers(entry, at: now)) { own, _ in own }
        entry.status = reply.status
        entry.plannedBytes = reply.plan.byteCount
        log.begin(entry, most: settings.maxLogEntries)
        return reply
    }

    /// Remembers how an answer ended.
    mutating func end(_ number: Int, _ end: String, sent: Int, at now: Double) {
        log.end(number, end, sent: sent, at: now)
    }

    /// As in the beginning; what runs is not told any more, and numbers go on.
    mutating func reset(_ settings: OpenAISettings, _ script: Script, at now: Double) {
        let last = made
        self = OpenAIWorld(settings, script, at: now)
        made = last
    }

    // MARK: The parts

    private func checkKey(_ authorization: String?) throws(OpenAIError) {
        guard let authorization, authorization.hasPrefix("Bearer ") else { throw .missingKey }
        guard authorization == "Bearer \(settings.key)" else { throw .wrongKey }
    }

    private mutating func models(_ entry: inout OpenAILogEntry) -> OpenAIReply {
        let fault = nextFault(.models, hasCalls: false)
        entry.fault = fault?.name
        if case .answer(let answer)? = fault?.kind { return OpenAIReply(answer) }
        let names = settings.models + [settings.embeddingModel]
        let list = names.map { name -> JSON in
            ["id": .string(name), "object": "model", "created": 1_741_569_952, "owned_by": "hub-fakes"]
        }
        var reply = OpenAIReply(["object": "list", "data": .array(list)])
        reply.spoil(fault, settings.delivery)
        return reply
    }

    private mutating func embeddings(
        _ body: JSON?, _ entry: inout OpenAILogEntry, at now: Double
    ) throws(OpenAIError) -> OpenAIReply {
        let request = try EmbeddingRequest(checked: body ?? .null, settings: settings)
        try takeRates(tokens: request.tokens, at: now)
        let fault = nextFault(.embeddings, hasCalls: false)
        entry.fault = fault?.name
        if case .answer(let answer)? = fault?.kind { return OpenAIReply(answer) }
        var reply = OpenAIReply(request.answer)
        reply.spoil(fault, settings.delivery)
        return reply
    }

    private mutating func chat(
        _ body: JSON?, _ entry: inout OpenAILogEntry, at now: Double
    ) throws(OpenAIError) -> OpenAIReply {
        let request = try ChatRequest(checked: body ?? .null, settings: settings)
        try takeRates(tokens: request.promptTokens, at: now)
        let found = script.find(request, id: "call_fake\(made)_")
        let fault = nextFault(.chat, hasCalls: !found.completion.calls.isEmpty)
        entry.fault = fault?.name
        if case .answer(let answer)? = fault?.kind { return OpenAIReply(answer) }
        script.use(found)
        var completion = found.completion.cut(to: request.maxTokens)
        if let fault { completion = fault.spoil(completion) }
        var delivery = settings.delivery
        try delivery.change(found.delivery)
        if case .delivery(let members)? = fault?.kind { try delivery.change(members) }
        entry.rule = found.name
        entry.completion = completion
        entry.isStreamed = request.isStreamed
        let id = "chatcmpl-fake\(made)"
        var reply: OpenAIReply
        if request.isStreamed {
            let writer = CompletionFrames(id: id, created: Int64(now), request: request, delivery: delivery)
            var frames = writer.frames(completion)
            if let fault { frames = fault.spoil(frames) }
            reply = OpenAIReply(stream: StreamPlan(frames, delivery))
        } else {
            let pace = delivery.tokensPerSecond > 0 ? Double(completion.tokens) / delivery.tokensPerSecond : 0
            let answer = completion.json(id: id, created: Int64(now), request: request)
            reply = OpenAIReply(answer, after: delivery.firstToken + pace)
        }
        reply.spoil(fault, delivery)
        return reply
    }

    // MARK: Faults and rates

    private mutating func nextFault(_ part: OpenAIPart, hasCalls: Bool) -> OpenAIFault? {
        let place = faults.firstIndex { $0.part == part && (hasCalls || !$0.needsCalls) }
        guard let place else { return nil }
        faults[place].times -= 1
        let fault = faults[place]
        if fault.times <= 0 { faults.remove(at: place) }
        return fault
    }

    private mutating func takeRates(tokens count: Int, at now: Double) throws(OpenAIError) {
        guard requests.take(at: now) else { throw .rate("requests") }
        guard tokens.take(Double(count), at: now) else { throw .rate("tokens") }
    }

    private func retryHeaders(_ error: OpenAIError, at now: Double) -> [String: String] {
        let bucket = error.type == "tokens" ? tokens : requests
        let seconds = bucket.wait(for: 1, at: now) ?? 60
        return [
            "retry-after": String(max(1, Int(seconds.rounded(.up)))),
            "retry-after-ms": String(max(1, Int((seconds * 1000).rounded(.up)))),
        ]
    }

    private func headers(_ entry: OpenAILogEntry, at now: Double) -> [String: String] {
        var headers = ["x-request-id": entry.requestID, "openai-version": "2020-10-01", "openai-processing-ms": "1"]
        for (name, bucket) in [("requests", requests), ("tokens", tokens)] {
            headers["x-ratelimit-limit-\(name)"] = String(Int(bucket.capacity))
            headers["x-ratelimit-remaining-\(name)"] = String(Int(bucket.level(at: now)))
            let seconds = bucket.wait(for: bucket.capacity, at: now) ?? 0
            headers["x-ratelimit-reset-\(name)"] = ResetTime.text(seconds)
        }
        return headers
    }
}
