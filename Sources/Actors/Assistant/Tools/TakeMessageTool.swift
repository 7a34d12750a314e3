package import Domain

/// Takes a message for colleagues: a note beside the conversation, which is labelled so that they find it.
package struct TakeMessageTool: TextTool {
    package let name = "take_message"
    package let purpose = """
        Leaves a message of the customer for the staff, who read it later; you go on answering. To have a person answer \
        now, call hand_over instead.
        """
    package let parameters = [message]

    private static let message = ToolParameter.required("message", 2000, "The message, in the customer's words.")
    private static let heading = "رسالة من العميل (أخذها المساعد):"

    private let gateway: any RoomGateway
    private let labels: any LabelStore
    private let customers: CustomerBook
    private let now: @Sendable () -> Timestamp

    package init(
        gateway: any RoomGateway,
        labels: any LabelStore,
        customers: CustomerBook,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.gateway = gateway
        self.labels = labels
        self.customers = customers
        self.now = now
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        let customer = try await customers.customer(in: run.room)
        let text = "\(Self.heading)\n\(arguments[Self.message] ?? "")"
        let note = Draft(
            author: .assistant, mid: .note(of: run, "message"), content: .message(.text(text), replyTo: nil))
        do {
            _ = try await gateway.append(note, to: customer.side)
        } catch let error as HubError where error.code == .midConflict {
            throw ToolFault("a message was taken in this answer already; the staff will read that one")
        }
        let labelled = try await labels.add(
            label(), to: run.room, by: .assistant, Writing(by: .system, at: now()))
        gateway.appended(upTo: labelled.sideHead, in: labelled.side)
        return ["taken": true]
    }

    /// Found by its name, made when it is not there.
    private func label() async throws -> LabelID {
        let moment = now()
        let new = Label.message(id: .make(at: moment), at: moment)
        if let found = try await found(new.nameAr) { return found }
        do {
            return try await labels.add(new, Writing(by: .system, at: moment)).value().id
        } catch let error as HubError where error.code == .conflict {
            guard let found = try await found(new.nameAr) else { throw error }
            return found
        }
    }

    private func found(_ name: String) async throws -> LabelID? {
        let request = ListRequest(filter: LabelFilter(), search: name, order: LabelSort.usual, limit: 20)
        return try await labels.labels(request).items.first { $0.nameAr == name }?.id
    }
}
