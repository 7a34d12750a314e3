/// Something that the assistant can look up or do for the customer of a conversation.
///
/// It is given the conversation by the hub, never by the model: so it can reach nobody else's data.
package protocol AssistantTool: Sendable {
    var offer: ToolOffer { get }

    /// Whether it only reads what the shop shows everybody, or says what it would do: then it may be tried without a
    /// customer.
    var isHarmless: Bool { get }

    /// - Parameter arguments: What the model wrote, an object; its members may be anything.
    /// - Returns: JSON for the model. What is wrong with the arguments is an answer as well: the model reads it.
    func call(_ arguments: JSONValue, in conversation: AssistantRun.ID) async throws -> ToolResult
}

extension AssistantTool {
    package var isHarmless: Bool { false }
}

package enum ToolResult: Sendable, Equatable {
    case answer(JSONValue)
    /// What the shop's articles say; the answer may cite it.
    case passages([FoundPassage])
    /// The customer goes to people; what colleagues are told.
    case handOver(String)

    /// What the model is told of wrong arguments.
    package static func fault(_ message: String) -> ToolResult { .answer(["error": .string(message)]) }
}
