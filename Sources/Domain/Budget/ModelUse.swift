/// For what and for whom the language model is asked.
package struct ModelUse: Sendable, Equatable {
    package let purpose: ModelPurpose
    /// Whose budget it is as well; its customer is found by it.
    package let room: RoomID?
    /// The answer that it is a part of.
    package let run: AssistantRun.ID?

    package init(_ purpose: ModelPurpose, in room: RoomID? = nil) {
        self.purpose = purpose
        self.room = room
        run = nil
    }

    package init(_ purpose: ModelPurpose, for run: AssistantRun.ID) {
        self.purpose = purpose
        self.run = run
        room = run.room
    }
}
