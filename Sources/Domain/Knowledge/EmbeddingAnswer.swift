/// Reads what a server answers that makes vectors of texts. Source: OpenAI API reference, "Create embeddings".
package enum EmbeddingAnswer {
    /// The vectors in the order of the texts, whatever the order of the answer.
    ///
    /// Throws `malformed` unless there is exactly one for each text, and all have the same number of dimensions.
    package static func vectors(_ json: JSONValue?, count: Int) throws(CompletionFailure) -> [EmbeddingVector] {
        guard let data = json?["data"]?.array, data.count == count else {
            throw CompletionFailure(.malformed, "the answer has not one vector for each text")
        }
        var vectors = [EmbeddingVector?](repeating: nil, count: count)
        for (place, item) in data.enumerated() {
            // Some servers leave the index out, and keep the order.
            let index = item["index"]?.wholeNumber.map { Int(clamping: $0) } ?? place
            guard vectors.indices.contains(index), vectors[index] == nil, let vector = vector(item["embedding"]) else {
                throw CompletionFailure(.malformed, "a vector of the answer cannot be read")
            }
            vectors[index] = vector
        }
        let whole = vectors.compactMap(\.self)
        guard whole.count == count, Set(whole.map(\.dimensions)).count <= 1 else {
            throw CompletionFailure(.malformed, "the vectors of the answer do not fit each other")
        }
        return whole
    }

    /// Numbers, or base64 of float32 with the lowest byte first.
    private static func vector(_ json: JSONValue?) -> EmbeddingVector? {
        if let text = json?.string {
            // The usual alphabet with padding; ours is the one for addresses.
            let plain = text.replacing("+", with: "-").replacing("/", with: "_")
            let digits = plain.prefix { $0 != "=" }
            guard plain.utf8.count - digits.utf8.count <= 2 else { return nil }
            return Base64URL.decode(digits).flatMap { EmbeddingVector(bytes: $0) }
        }
        guard let values = json?.array else { return nil }
        let numbers = values.compactMap { value -> Float? in
            switch value {
            case .integer(let integer): Float(integer)
            case .number(let number): Float(number)
            case .null, .bool, .string, .array, .object: nil
            }
        }
        return numbers.count == values.count ? EmbeddingVector(numbers) : nil
    }
}
