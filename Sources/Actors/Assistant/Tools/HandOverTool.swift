package import Domain

/// Gives the customer to people.
package struct HandOverTool: AssistantTool {
    package let isHarmless = true

    package let offer = ToolOffer(
        name: "hand_over",
        purpose: "Gives the conversation to a person of the staff, who reads your summary.",
        parameters: [
            "type": "object",
            "properties": [
                "summary": ["type": "string", "description": "What the customer wants and what was said, in Arabic."]
            ],
            "required": ["summary"],
        ]
    )

    package init() {}

    package func call(_ arguments: JSONValue, in conversation: AssistantRun.ID) async throws -> ToolResult {
        // A customer who wants a person gets one, whatever the model wrote.
        .handOver(arguments["summary"]?.string ?? "")
    }
}
