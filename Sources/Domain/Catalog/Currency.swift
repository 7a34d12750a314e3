/// A currency by its three letters (ISO 4217). Amounts are counted in its minor unit: halalas of a riyal.
package struct Currency: Sendable, Hashable {
    package let code: String

    /// Nil for anything but three capital letters.
    package init?(_ code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        self.code = code
    }

    private init(known code: String) {
        self.code = code
    }

    package static let riyal = Currency(known: "SAR")
}
