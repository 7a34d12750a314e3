/// What an id names; its prefix makes ids of different kinds tell themselves apart.
package protocol IDKind {
    static var prefix: String { get }
}

package enum RoomIDKind: IDKind { package static let prefix = "r_" }
package enum UserIDKind: IDKind { package static let prefix = "u_" }
package enum TeamIDKind: IDKind { package static let prefix = "t_" }
package enum VisitorIDKind: IDKind { package static let prefix = "v_" }
package enum AttachmentIDKind: IDKind { package static let prefix = "f_" }
package enum SessionIDKind: IDKind { package static let prefix = "s_" }

package typealias RoomID = ID<RoomIDKind>
package typealias UserID = ID<UserIDKind>
package typealias TeamID = ID<TeamIDKind>
package typealias VisitorID = ID<VisitorIDKind>
package typealias AttachmentID = ID<AttachmentIDKind>
package typealias SessionID = ID<SessionIDKind>

/// The id of one kind of thing: a prefix and 26 characters of Crockford's base 32.
///
/// `make` gives a ULID: 48 bits of time, then 80 random bits, so that ids sort by their making.
package struct ID<Kind: IDKind>: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let text: String

    /// Accepts what `make` or `unguessable` gave; nil for all else.
    package init?(_ text: String) {
        guard text.utf8.count == Kind.prefix.utf8.count + Base32.ulidLength, text.hasPrefix(Kind.prefix),
            text.utf8.dropFirst(Kind.prefix.utf8.count).allSatisfy(Base32.isDigit)
        else { return nil }
        self.text = text
    }

    private init(digits: [UInt8]) {
        text = Kind.prefix + String(decoding: digits, as: UTF8.self)
    }

    package static func make(at now: Timestamp) -> Self {
        var random = SystemRandomNumberGenerator()
        return make(at: now, using: &random)
    }

    package static func make(at now: Timestamp, using random: inout some RandomNumberGenerator) -> Self {
        let time = UInt64(clamping: now.milliseconds) & 0xFFFF_FFFF_FFFF
        return Self(
            digits: Base32.digits(of: time, count: 10)
                + Base32.digits(of: random.next(), count: 8) + Base32.digits(of: random.next(), count: 8)
        )
    }

    /// 130 random bits and no time: an id that serves as a capability.
    package static func unguessable() -> Self {
        var random = SystemRandomNumberGenerator()
        return Self(
            digits: Base32.digits(of: random.next(), count: 10)
                + Base32.digits(of: random.next(), count: 8) + Base32.digits(of: random.next(), count: 8)
        )
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Crockford's base 32, as ULIDs use it.
enum Base32 {
    static let ulidLength = 26
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The lowest `5 × count` bits of `value`, highest first.
    static func digits(of value: UInt64, count: Int) -> [UInt8] {
        (0..<count).map { alphabet[Int(value >> (5 * UInt64(count - 1 - $0)) & 31)] }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        alphabet.contains(byte)
    }
}
