/// What an id names; its letter makes ids of different kinds tell themselves apart.
package protocol IDKind {
    static var letter: UInt8 { get }
}

extension IDKind {
    /// What the texts of its ids begin with.
    package static var prefix: String { "\(Unicode.Scalar(letter))_" }
}

package enum RoomIDKind: IDKind { package static let letter = UInt8(ascii: "r") }
package enum UserIDKind: IDKind { package static let letter = UInt8(ascii: "u") }
package enum TeamIDKind: IDKind { package static let letter = UInt8(ascii: "t") }
package enum VisitorIDKind: IDKind { package static let letter = UInt8(ascii: "v") }
package enum AttachmentIDKind: IDKind { package static let letter = UInt8(ascii: "f") }
package enum SessionIDKind: IDKind { package static let letter = UInt8(ascii: "s") }

package typealias RoomID = ID<RoomIDKind>
package typealias UserID = ID<UserIDKind>
package typealias TeamID = ID<TeamIDKind>
package typealias VisitorID = ID<VisitorIDKind>
package typealias AttachmentID = ID<AttachmentIDKind>
package typealias SessionID = ID<SessionIDKind>

/// The id of one kind of thing: 128 bits, which texts show as `r_01ARYZ6S41TSV4RRFFQ69G5FAV`.
///
/// `make` gives a ULID: 48 bits of time, then 80 random bits, so that ids sort by their making. Their texts sort the
/// same way.
package struct ID<Kind: IDKind>: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text in bytes: the letter, an underscore and 26 digits.
    package typealias ASCII = InlineArray<28, UInt8>

    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Accepts what `text` gives; nil for all else.
    package init?(_ text: String) {
        let bytes = text.utf8.span
        guard bytes.count == ASCII.count, bytes[0] == Kind.letter, bytes[1] == UInt8(ascii: "_"),
            let (high, low) = Base32.read(bytes.extracting(2...))
        else { return nil }
        self.init(high: high, low: low)
    }

    package static func make(at now: Timestamp) -> Self {
        var random = SystemRandomNumberGenerator()
        return make(at: now, using: &random)
    }

    package static func make(at now: Timestamp, using random: inout some RandomNumberGenerator) -> Self {
        let time = UInt64(clamping: now.milliseconds) << 16
        return Self(high: time | random.next() >> 48, low: random.next())
    }

    /// 128 random bits and no time: an id that serves as a capability.
    package static func unguessable() -> Self {
        var random = SystemRandomNumberGenerator()
        return Self(high: random.next(), low: random.next())
    }

    /// One that is the same in every database, for what there is one of. `make` never gives it.
    package static func fixed(_ number: UInt64) -> Self { Self(high: 0, low: number) }

    package var ascii: ASCII {
        var ascii = ASCII(repeating: Kind.letter)
        ascii[1] = UInt8(ascii: "_")
        Base32.write(high, low, to: &ascii, at: 2)
        return ascii
    }

    package var text: String {
        ascii.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
