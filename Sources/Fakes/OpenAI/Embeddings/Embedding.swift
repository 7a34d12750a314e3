import Foundation

/// Vectors that are near for texts with common words, and always the same for a text.
enum Embedding {
    /// How much parts of words count beside whole ones, so that forms of a word stay near.
    private static let partWeight: Float = 0.3

    /// A vector of length 1.
    static func vector(_ text: String, dimensions: Int) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        let words = FoldedText.words(text)
        for word in words.isEmpty ? [text] : words {
            add(word, weight: 1, to: &vector)
            let letters = Array(word)
            for start in letters.indices.dropLast(2) {
                add("#" + String(letters[start..<start + 3]), weight: partWeight, to: &vector)
            }
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Signs may cancel each other out in very few dimensions.
        guard length > 0 else { return [1] + vector.dropFirst() }
        return vector.map { $0 / length }
    }

    /// Spreads a word over a few dimensions, with signs.
    private static func add(_ word: String, weight: Float, to vector: inout [Float]) {
        var state = hash(word)
        for _ in 0..<8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let place = Int((state >> 33) % UInt64(vector.count))
            vector[place] += state >> 63 == 0 ? weight : -weight
        }
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    /// Little-endian float32.
    static func base64(_ vector: [Float]) -> String {
        var bytes = Data(capacity: vector.count * 4)
        for value in vector {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes.base64EncodedString()
    }
}
