/// The rules of the messages of a conversation.
enum ChatMessageRules {
    private static let roles: Set<String> = ["developer", "system", "user", "assistant", "tool"]

    static func check(_ messages: [JSON], rejectedFields: Set<String>) throws(OpenAIError) {
        guard !messages.isEmpty else {
            throw .value("messages", "expected at least one message", code: "empty_array")
        }
        // Calls of the last assistant message that no tool message answered yet.
        var waiting: Set<String> = []
        var answered: Set<String> = []
        for (place, message) in messages.enumerated() {
            let path = "messages[\(place)]"
            guard let role = message["role"]?.string else { throw .missing("\(path).role") }
            guard roles.contains(role), !rejectedFields.contains(role) else {
                throw .value("\(path).role", "'\(role)' is none of the supported values")
            }
            if role == "tool" {
                guard let id = message["tool_call_id"]?.string else { throw .missing("\(path).tool_call_id") }
                guard waiting.remove(id) != nil else { throw unexpected(id, at: path, isSecond: answered.contains(id)) }
                answered.insert(id)
                try checkContent(message["content"], path)
                continue
            }
            try checkAnswered(waiting)
            answered = []
            if role == "assistant" {
                waiting = try calls(message, path)
                let isSaid = !waiting.isEmpty || message["refusal"]?.string != nil
                if !isSaid || message["content"] ?? .null != .null { try checkContent(message["content"], path) }
            } else {
                try checkContent(message["content"], path)
            }
        }
        try checkAnswered(waiting)
    }

    private static func checkAnswered(_ waiting: Set<String>) throws(OpenAIError) {
        guard waiting.isEmpty else {
            throw OpenAIError(
                message: "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
                    + "'tool_call_id'. The following tool_call_ids did not have response messages: "
                    + waiting.sorted().joined(separator: ", "),
                param: "messages")
        }
    }

    private static func unexpected(_ id: String, at path: String, isSecond: Bool) -> OpenAIError {
        let message =
            isSecond
            ? "Duplicate value for 'tool_call_id' of '\(id)': one tool message answers one call."
            : "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'; no call "
                + "'\(id)' is open."
        return OpenAIError(message: message, param: "\(path).\(isSecond ? "tool_call_id" : "role")")
    }

    private static func checkContent(_ content: JSON?, _ path: String) throws(OpenAIError) {
        let path = "\(path).content"
        if content?.string != nil { return }
        guard let parts = content?.array, !parts.isEmpty else {
            throw .value(path, "expected a string or an array of parts", code: "invalid_type")
        }
        for (place, part) in parts.enumerated() where part["type"]?.string == nil {
            throw .missing("\(path)[\(place)].type")
        }
    }

    /// The ids of the calls of a message.
    private static func calls(_ message: JSON, _ path: String) throws(OpenAIError) -> Set<String> {
        let path = "\(path).tool_calls"
        guard let value = message["tool_calls"], value != .null else { return [] }
        guard let calls = value.array, !calls.isEmpty else {
            throw .value(path, "expected at least one call", code: "empty_array")
        }
        var ids: Set<String> = []
        for (place, call) in calls.enumerated() {
            let path = "\(path)[\(place)]"
            guard let id = call["id"]?.string, !id.isEmpty else { throw .missing("\(path).id") }
            guard ids.insert(id).inserted else { throw .value("\(path).id", "'\(id)' stands for another call") }
            guard call["type"] == "function" else { throw .value("\(path).type", "expected 'function'") }
            try ChatToolRules.checkName(call["function"]?["name"], "\(path).function.name")
            guard call["function"]?["arguments"]?.string != nil else {
                throw .value("\(path).function.arguments", "expected a string", code: "invalid_type")
            }
        }
        return ids
    }
}
