/// What the assistant has written so far of a message that is not in the log yet.
package struct AssistantDraft: Sendable, Equatable {
    package let run: AssistantRun.ID
    package private(set) var text = ""

    package init(_ run: AssistantRun.ID) {
        self.run = run
    }

    /// Adds a piece, and returns where it stands, in bytes of UTF-8.
    package mutating func append(_ piece: String) -> Int {
        defer { text += piece }
        return text.utf8.count
    }
}
