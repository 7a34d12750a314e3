/// Names one request for help on one hub, as `h_17`. Nothing of it is kept, so nobody else needs to know it.
package struct HelpID: Sendable, Hashable, CustomStringConvertible {
    private static let prefix = "h_"

    private let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    /// Accepts what `text` gives; nil for all else.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let number = UInt64(text.dropFirst(Self.prefix.count)) else { return nil }
        self.init(number)
        guard self.text == text else { return nil }
    }

    package var text: String { Self.prefix + String(number) }
    package var description: String { text }
}
