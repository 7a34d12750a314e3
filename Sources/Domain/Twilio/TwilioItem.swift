/// One delivery of Twilio's, with what its address said.
package struct TwilioItem: Sendable, Equatable {
    package let content: TwilioWebhook
    /// Our name for the message that it reports on.
    package let about: String?
    package let receivedAt: Timestamp
    private let form: String

    /// Nil for a form that tells nothing that is known.
    package init?(form text: String, about: String?, receivedAt: Timestamp) {
        guard let content = FormFields(text).flatMap(TwilioWebhook.init) else { return nil }
        self.content = content
        self.about = about
        self.receivedAt = receivedAt
        form = text
    }

    /// What one phone writes is taken in its order; reports come in any.
    package var lane: String? {
        switch content {
        case .report: nil
        case .received(let message): message.from
        }
    }

    /// As `init` reads it.
    package var source: JSONValue {
        var members: [String: JSONValue] = ["form": .string(form)]
        members["about"] = about.map { .string($0) }
        return .object(members)
    }
}
