extension Currency {
    /// Digits behind the point (ISO 4217, "minor unit").
    package var fractionDigits: Int {
        switch code {
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            0
        default: 2
        }
    }

    /// An amount of the minor unit as people write it: `49.50`.
    package func text(of amount: Int64) -> String {
        let digits = fractionDigits
        guard digits > 0 else { return String(amount) }
        let plain = String(amount.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - plain.count)) + plain
        return "\(amount < 0 ? "-" : "")\(padded.dropLast(digits)).\(padded.suffix(digits))"
    }
}
