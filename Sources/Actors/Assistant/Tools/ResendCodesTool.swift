package import Domain

/// Sends a customer the codes that they own, once more. The model never sees them.
package struct ResendCodesTool: TextTool {
    package let name = "resend_codes"
    package let purpose = """
        Sends the customer the digital codes that they bought once more, as a message of the shop's own; you do not see \
        the codes. For a customer who lost theirs. Say only that they were sent.
        """
    package let parameters = [OrderStatusTool.order]

    private let desk: CodeDesk
    private let now: @Sendable () -> Timestamp

    package init(desk: CodeDesk, now: @escaping @Sendable () -> Timestamp) {
        self.desk = desk
        self.now = now
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        let order = arguments[OrderStatusTool.order]
        do {
            guard let sent = try await desk.sendAgain(order, in: run, at: now()) else {
                return ["sent": 0, "hint": "This customer owns no such codes here. Call order_status or hand_over."]
            }
            return ["sent": .integer(Int64(sent))]
        } catch let error as HubError where error.code == .midConflict {
            throw ToolFault("codes were sent in this answer already; the customer sees them above")
        }
    }
}
