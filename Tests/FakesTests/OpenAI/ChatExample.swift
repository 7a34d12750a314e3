import Testing

@testable import Fakes

/// Requests that tests begin with.
enum ChatExample {
    static let settings = OpenAISettings(key: "k")

    static func body(_ messages: [JSON], _ more: [String: JSON] = [:]) -> JSON {
        .object(["model": "fake-chat", "messages": .array(messages)].merging(more) { $1 })
    }

    static func user(_ text: String) -> JSON {
        ["role": "user", "content": .string(text)]
    }

    static func tool(_ name: String, _ parameters: JSON = ["type": "object"]) -> JSON {
        ["type": "function", "function": ["name": .string(name), "parameters": parameters]]
    }

    /// An assistant message that calls tools with these ids, each named after its id.
    static func calls(_ ids: String...) -> JSON {
        let calls = ids.map { id -> JSON in
            ["id": .string(id), "type": "function", "function": ["name": .string(id), "arguments": "{}"]]
        }
        return ["role": "assistant", "content": .null, "tool_calls": .array(calls)]
    }

    static func result(_ id: String, _ text: String = "{}") -> JSON {
        ["role": "tool", "tool_call_id": .string(id), "content": .string(text)]
    }

    static func request(_ messages: JSON..., more: [String: JSON] = [:]) throws -> ChatRequest {
        try ChatRequest(checked: body(messages, more), settings: settings)
    }

    /// The place of the first mistake; nil when there is none.
    static func param(_ body: JSON, _ settings: OpenAISettings = settings) -> String? {
        do throws(OpenAIError) {
            _ = try ChatRequest(checked: body, settings: settings)
            return nil
        } catch {
            return error.param ?? error.code ?? error.message
        }
    }
}
