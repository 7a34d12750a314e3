extension Currency {
    /// An amount of the minor unit from what a service wrote: `49.5`, `"49.50"`, `0.00000000000000`, `4.95e1`.
    ///
    /// Nothing is calculated with fractions of two: the digits are moved. What is smaller than the minor unit is rounded
    /// half away from zero. Nil for what is no amount, for one below zero, and for one that a shop does not have.
    package func amount(of json: JSONValue?) -> Int64? {
        switch json {
        case .integer(let whole): amount(of: String(whole))
        // The shortest text that reads as the same number: what was written, up to 15 digits.
        case .number(let number): amount(of: number.description)
        case .string(let text): amount(of: text)
        case .null, .bool, .array, .object, nil: nil
        }
    }

    package func amount(of text: String) -> Int64? {
        let parts = text.trimmed.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard let mantissa = parts.first, parts.count <= 2 else { return nil }
        var exponent = 0
        if parts.count == 2 {
            guard let read = Int(parts[1]), abs(read) <= Self.maxDigits else { return nil }
            exponent = read
        }
        let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count <= 2, let whole = halves.first, !whole.isEmpty, halves.last?.isEmpty == false else {
            return nil
        }
        var digits: [Int64] = []
        for byte in halves.joined().utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            digits.append(Int64(byte - UInt8(ascii: "0")))
        }
        guard digits.count <= Self.maxDigits else { return nil }
        // So many of the digits stand before the end of the minor unit.
        let kept = whole.utf8.count + exponent + fractionDigits
        var amount: Int64 = 0
        for place in 0..<max(kept, 0) {
            amount = amount * 10 + (place < digits.count ? digits[place] : 0)
            guard amount <= Order.maxTotal else { return nil }
        }
        let next = kept >= 0 && kept < digits.count ? digits[kept] : 0
        return next >= 5 ? amount + 1 : amount
    }

    private static let maxDigits = 40
}
