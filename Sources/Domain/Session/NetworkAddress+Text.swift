extension NetworkAddress: CustomStringConvertible {
    /// `192.0.2.1` or, as RFC 5952 writes it, `2001:db8::1`.
    package var description: String {
        isVersion4 ? version4Text : version6Text
    }

    private var version4Text: String {
        [24, 16, 8, 0].map { String(bits >> UInt128($0) & 0xFF) }.joined(separator: ".")
    }

    private var version6Text: String {
        let groups = (0..<8).map { String(bits >> UInt128(112 - 16 * $0) & 0xFFFF, radix: 16) }
        guard let gap = Self.longestGap(in: groups) else { return groups.joined(separator: ":") }
        return groups[..<gap.lowerBound].joined(separator: ":") + "::"
            + groups[gap.upperBound...].joined(separator: ":")
    }

    /// The first of the longest runs of two or more zeros.
    private static func longestGap(in groups: [String]) -> Range<Int>? {
        var longest = 0..<1
        var start = 0
        for (index, group) in groups.enumerated() {
            guard group == "0" else {
                start = index + 1
                continue
            }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest.count > 1 ? longest : nil
    }
}
