/// How much work conversations are, in hundredths of a usual one; whole numbers, so that sums are exact.
package struct Load: Sendable, Hashable, Comparable {
    package let hundredths: Int64

    package init(hundredths: Int64) {
        self.hundredths = hundredths
    }

    package static let none = Load(hundredths: 0)

    /// So many usual conversations: what an account's capacity means.
    package static func conversations(_ count: Int64) -> Load { Load(hundredths: count * 100) }

    package static func + (left: Load, right: Load) -> Load { Load(hundredths: left.hundredths + right.hundredths) }

    package static func += (left: inout Load, right: Load) { left = left + right }

    package static func < (left: Load, right: Load) -> Bool { left.hundredths < right.hundredths }
}
