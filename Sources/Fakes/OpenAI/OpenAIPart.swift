/// A part of the API.
enum OpenAIPart: String, Sendable, CaseIterable {
    case models
    case chat
    case embeddings
}
