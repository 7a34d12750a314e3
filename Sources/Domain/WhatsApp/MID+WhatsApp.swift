extension MID {
    /// The name of the write that a message of WhatsApp causes: the same each time it is delivered.
    ///
    /// - Parameter part: Tells writes of one message apart; at most two characters.
    package static func whatsApp(_ message: String, part: String = "") -> MID? {
        let digits = message.utf8.compactMap { byte -> UInt8? in
            switch byte {
            // Base 64 in the alphabet of addresses.
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "-")
            }
        }
        // The end of an id is what differs between messages; the hash stands for what is cut and what was replaced.
        let hash = message.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let tail = String(decoding: digits.suffix(maxTail), as: UTF8.self)
        return MID("wa.\(tail).\(String(hash, radix: 36))\(part.isEmpty ? "" : ":\(part)")")
    }

    /// A message got so far: every hub that hears of it writes the same.
    package static func reached(_ state: MessageStatus, _ message: SequenceNumber) -> MID {
        switch state {
        case .queued: .following(message, "queued")
        case .sent: .following(message, "sent")
        case .failed: .following(message, "failed")
        case .delivered: .following(message, "delivered")
        case .read: .following(message, "read")
        }
    }

    private static let maxTail = 42
}
