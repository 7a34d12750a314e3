/// An IP address; an IPv4 address and its IPv6 spelling (`::ffff:10.0.0.1`) are the same one.
package struct NetworkAddress: Sendable, Hashable {
    /// The 128 bits of the IPv6 form (RFC 4291).
    let bits: UInt128

    static let mappedPrefix: UInt128 = 0xFFFF << 32

    init(bits: UInt128) {
        self.bits = bits
    }

    /// Reads an address in text; an IPv6 address may carry a zone (`fe80::1%eth0`), which is dropped.
    package init?(_ text: String) {
        let text = Substring(text)
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let bits = Self.version6(text.prefix { $0 != "%" }) else { return nil }
            self.init(bits: bits)
        } else {
            guard let bits = Self.version4(text) else { return nil }
            self.init(bits: Self.mappedPrefix | UInt128(bits))
        }
    }

    package var isVersion4: Bool { bits >> 32 == 0xFFFF }

    /// What one subscriber of a provider has: the address itself, or the /64 of an IPv6 address.
    package var network: NetworkAddress { isVersion4 ? self : NetworkAddress(bits: bits & (UInt128.max << 64)) }

    private static func version4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            // "010" is eight to some readers and ten to others, so it is neither here.
            guard part.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), part.utf8.count == 1 || part.first != "0",
                let number = UInt8(part)
            else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    private static func version6(_ text: Substring) -> UInt128? {
        guard let gap = doubleColon(in: text) else {
            guard let groups = groups(of: text), groups.count == 8 else { return nil }
            return joined(groups)
        }
        let tail = text[gap.upperBound...]
        guard doubleColon(in: tail) == nil, let left = groups(of: text[..<gap.lowerBound]),
            let right = groups(of: tail), left.count + right.count < 8
        else { return nil }
        return joined(left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
    }

    private static func doubleColon(in text: Substring) -> Range<Substring.Index>? {
        var index = text.startIndex
        while let colon = text[index...].firstIndex(of: ":") {
            index = text.index(after: colon)
            if index < text.endIndex, text[index] == ":" { return colon..<text.index(after: index) }
        }
        return nil
    }

    /// The 16-bit groups between single colons; the last may be an IPv4 address.
    private static func groups(of text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                guard let bits = version4(part) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups.count <= 8 ? groups : nil
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}
