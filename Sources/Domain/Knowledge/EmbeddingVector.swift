/// What a text means to a model: a direction in a space of many dimensions.
package struct EmbeddingVector: Sendable, Equatable {
    package static let maxDimensions = 16_384

    /// Of length 1.
    package let numbers: [Float]

    package var dimensions: Int { numbers.count }

    /// Nil for what is no direction: no numbers, too many, one that is not finite, or all zero.
    package init?(_ numbers: [Float]) {
        guard (1...Self.maxDimensions).contains(numbers.count) else { return nil }
        let length = numbers.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else { return nil }
        self.numbers = numbers.map { Float(Double($0) / length) }
    }

    /// From -1 to 1: how alike the meanings are. Nil for vectors of different models.
    package func likeness(to other: EmbeddingVector) -> Float? {
        guard numbers.count == other.numbers.count else { return nil }
        let whole = numbers.count / 8 * 8
        // Eight at a time: a plain loop must add in its order.
        let sums = numbers.withUnsafeBytes { mine in
            other.numbers.withUnsafeBytes { theirs in
                stride(from: 0, to: whole * 4, by: 32).reduce(into: SIMD8<Float>.zero) { sums, place in
                    sums +=
                        mine.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                        * theirs.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
                }
            }
        }
        return (whole..<numbers.count).reduce(sums.sum()) { $0 + numbers[$1] * other.numbers[$1] }
    }

    // MARK: Bytes

    /// Float32, the lowest byte first.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 4)
        for number in numbers {
            let bits = number.bitPattern
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return bytes
    }

    /// Reads what `bytes` gives, and what servers send as base64; nil for all else.
    package init?(bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        self.init(
            stride(from: 0, to: bytes.count, by: 4).map { place in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
                return Float(bitPattern: bits)
            })
    }
}
