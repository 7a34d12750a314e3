/// Something that the assistant can look up or do for the customer of a conversation.
///
/// It is given the conversation by the hub, never by the model: so it can reach nobody else's data.
package protocol AssistantTool: Sendable {
    var offer: ToolOffer { get }

    /// - Parameter arguments: What the model wrote, an object; its members may be anything.
    /// - Returns: JSON for the model. What is wrong with the arguments is an answer as well: the model reads it.
    func call(_ arguments: JSONValue, in conversation: AssistantRun.ID) async throws -> ToolResult
}

package enum ToolResult: Sendable, Equatable {
    case answer(JSONValue)
    /// The customer goes to people; what colleagues are told.
    case handOver(String)

    /// What the model is told of wrong arguments.
    package static func fault(_ message: String) -> ToolResult { .answer(["error": .string(message)]) }
}
