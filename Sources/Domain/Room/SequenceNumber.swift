/// The place of an event in its room's log: 1, 2, 3, … without gaps; 0 is before the first.
package struct SequenceNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let value: Int64

    package init(_ value: Int64) {
        self.value = value
    }

    package static let zero = SequenceNumber(0)

    package var next: SequenceNumber { SequenceNumber(value + 1) }

    package var description: String { String(value) }

    package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool { left.value < right.value }
}
