/// What goes wrong with the next answers of one part of the API.
struct OpenAIFault: Sendable, Equatable {
    /// What is sent instead of an answer.
    struct Answer: Sendable, Equatable {
        let status: Int
        let body: String
        var isHTML = false
        var headers: [String: String] = [:]
    }

    enum Kind: Sendable, Equatable {
        case answer(Answer)
        /// Not a byte comes for these seconds, not even the head.
        case silence(Double)
        case stall(after: Int, seconds: Double)
        /// A clean end after so many bytes; nil for the end of the text, before anything says that it is one.
        case truncated(after: Int?)
        /// `[DONE]` comes, but no `finish_reason`.
        case unfinished
        case cut(after: Int, isReset: Bool)
        /// One event, by its place, breaks off within its JSON.
        case malformed(after: Int)
        /// So many events, then an error, then the end.
        case streamError(after: Int, OpenAIError)
        case commentsOnly(seconds: Double)
        /// Nothing is wrong, but it is sent otherwise.
        case delivery([String: JSON])
        /// Arguments that are no JSON.
        case invalidArguments
        /// An argument that the tool never declared.
        case undeclaredArgument
        /// A call of a tool that was never offered.
        case unknownTool
    }

    /// As it was asked for.
    let name: String
    let part: OpenAIPart
    let kind: Kind
    /// How many answers it still meets.
    var times: Int

    /// Whether it waits for an answer that calls tools.
    var needsCalls: Bool {
        switch kind {
        case .invalidArguments, .undeclaredArgument, .unknownTool: true
        case .answer, .silence, .stall, .truncated, .unfinished, .cut, .malformed, .streamError, .commentsOnly,
            .delivery:
            false
        }
    }

    // MARK: What it does

    func spoil(_ completion: Completion) -> Completion {
        var spoilt = completion
        for place in spoilt.calls.indices {
            switch kind {
            case .invalidArguments:
                spoilt.calls[place].arguments = String(spoilt.calls[place].arguments.dropLast()) + ","
            case .undeclaredArgument:
                let arguments = spoilt.calls[place].arguments
                let comma = arguments == "{}" ? "" : ","
                spoilt.calls[place].arguments = arguments.dropLast() + comma + #""never_declared":"1 OR 1=1"}"#
            case .unknownTool: spoilt.calls[place].name = "delete_everything"
            case .answer, .silence, .stall, .truncated, .unfinished, .cut, .malformed, .streamError, .commentsOnly,
                .delivery:
                break
            }
        }
        return spoilt
    }

    func spoil(_ frames: [StreamFrame]) -> [StreamFrame] {
        var spoilt = frames
        switch kind {
        case .truncated(after: nil): spoilt = Array(frames.prefix { $0.kind != .finish })
        case .unfinished: spoilt.removeAll { $0.kind == .finish || $0.kind == .usage }
        case .malformed(let place):
            let place = min(place, frames.count - 1)
            spoilt[place].payload = String(frames[place].payload.prefix(frames[place].payload.count / 2))
        case .streamError(let place, let error):
            spoilt = frames.prefix(place) + [StreamFrame(kind: .error, payload: error.json.text)]
        case .answer, .silence, .stall, .truncated, .cut, .commentsOnly, .delivery, .invalidArguments,
            .undeclaredArgument, .unknownTool:
            break
        }
        return spoilt
    }

    /// `isStreamed` tells events from a body in one piece.
    func spoil(_ plan: StreamPlan, isStreamed: Bool, _ delivery: Delivery) -> StreamPlan {
        var spoilt = plan
        let half = plan.byteCount / 2
        switch kind {
        case .stall(let after, let seconds): spoilt.stall(after: after, seconds: seconds)
        case .truncated(let after?): spoilt.end(after: after, .truncated)
        case .cut(let after, let isReset): spoilt.end(after: after, isReset ? .reset : .cut)
        case .commentsOnly(let seconds) where isStreamed: spoilt = StreamPlan(commentsFor: seconds, delivery)
        case .truncated(after: nil), .unfinished, .streamError:
            // The frames were spoilt already.
            if isStreamed { spoilt.ending = .truncated } else { spoilt.end(after: half, .truncated) }
        case .malformed, .commentsOnly:
            if !isStreamed { spoilt.end(after: half, .truncated) }
        case .answer, .silence, .delivery, .invalidArguments, .undeclaredArgument, .unknownTool: break
        }
        return spoilt
    }
}
