/// What colleagues are told over Slack. It holds nothing of a customer: Slack is somebody else's house.
package struct SlackPost: Sendable, Equatable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}
