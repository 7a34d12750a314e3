/// What the language model is asked for. Each is counted on its own.
package enum ModelPurpose: String, Sendable, CaseIterable {
    /// An answer to a customer: each round of tools is a request.
    case answer
    /// What was said before in a long conversation, for the assistant itself.
    case summary
    /// A member of staff tries the assistant.
    case playground
    /// A reply that a member of staff may send.
    case suggestion
    /// What was said, for a member of staff.
    case digest
    case translation
    /// Vectors of articles and of searches.
    case embedding
}
