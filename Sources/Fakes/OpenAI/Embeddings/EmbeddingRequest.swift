/// A request for vectors that was found to be right.
struct EmbeddingRequest: Sendable, Equatable {
    let model: String
    let inputs: [String]
    let dimensions: Int
    let isBase64: Bool

    static let mostInputs = 2048
    static let mostInputTokens = 8192
    static let mostTokens = 300_000

    /// Checks a body as the server does.
    init(checked body: JSON, settings: OpenAISettings) throws(OpenAIError) {
        guard body.object != nil else { throw .noJSON }
        let rejected = settings.rejectedFields.sorted().first { body[$0] != nil }
        if let rejected { throw .unsupported(rejected) }
        guard let model = body["model"]?.string else { throw .missing("model") }
        guard model == settings.embeddingModel else { throw .unknownModel(model) }
        self.model = model
        inputs = try Self.inputs(body["input"])
        switch body["encoding_format"] {
        case nil, .null, "float": isBase64 = false
        case "base64": isBase64 = true
        default: throw .value("encoding_format", "expected 'float' or 'base64'")
        }
        let wanted = body["dimensions"] ?? .null
        dimensions = wanted.integer.map { Int($0) } ?? settings.dimensions
        guard wanted == .null || wanted.integer != nil, (1...settings.dimensions).contains(dimensions) else {
            throw .value("dimensions", "expected an integer from 1 to \(settings.dimensions)")
        }
    }

    private static func inputs(_ value: JSON?) throws(OpenAIError) -> [String] {
        guard let value, value != .null else { throw .missing("input") }
        let items = value.array ?? [value]
        // A list of numbers is one text in tokens.
        let isTokens = !items.isEmpty && items.allSatisfy { $0.integer != nil }
        let texts = isTokens ? [items.map(\.text).joined(separator: " ")] : items.compactMap(\.string)
        guard texts.count == (isTokens ? 1 : items.count) else {
            throw .value("input", "expected a text or a list of texts", code: "invalid_type")
        }
        guard !texts.isEmpty, !texts.contains("") else {
            throw .value("input", "it must not be empty", code: "empty_input")
        }
        guard texts.count <= mostInputs else {
            throw .value("input", "expected at most \(mostInputs) texts", code: "array_above_max_length")
        }
        let counts = texts.map(Tokens.count)
        guard counts.allSatisfy({ $0 <= mostInputTokens }), counts.reduce(0, +) <= mostTokens else {
            throw .value("input", "expected at most \(mostInputTokens) tokens in a text and \(mostTokens) in all")
        }
        return texts
    }

    var tokens: Int { inputs.reduce(0) { $0 + Tokens.count($1) } }

    var answer: JSON {
        let data = inputs.enumerated().map { place, text -> JSON in
            let vector = Embedding.vector(text, dimensions: dimensions)
            let value: JSON =
                isBase64 ? .string(Embedding.base64(vector)) : .array(vector.map { .number(Double($0)) })
            return ["object": "embedding", "index": .integer(Int64(place)), "embedding": value]
        }
        let count = JSON.integer(Int64(tokens))
        return [
            "object": "list", "data": .array(data), "model": .string(model),
            "usage": ["prompt_tokens": count, "total_tokens": count],
        ]
    }
}
