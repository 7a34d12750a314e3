/// A text that must not be seen: it prints as `<secret>` wherever it goes.
struct SecretText: Sendable, Equatable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one place that needs it.
    func reveal() -> String { text }
}

extension SecretText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "<secret>" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
