import Foundation

/// How numbers are shown.
enum Number {
    /// Three significant digits, and thousands apart: `1,090,000`, `4.83`, `0.97`.
    static func short(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        switch abs(value) {
        case 100_000...: return grouped(Int((value / 1000).rounded()) * 1000)
        case 100...: return grouped(Int(value.rounded()))
        case 10...: return String(format: "%.1f", value)
        default: return String(format: "%.2f", value)
        }
    }

    static func milliseconds(_ microseconds: UInt64?) -> String {
        short(microseconds.map { Double($0) / 1000 })
    }

    static func grouped(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 {
                text.append(",")
            }
            text.append(digit)
        }
        return value < 0 ? "-" + text : text
    }
}
