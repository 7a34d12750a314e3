/// Tells versions of our own files apart (FNV-1a, 64 bits); no guard against those who look for collisions.
enum ContentHash {
    /// In lower-case hex.
    static func text(of bytes: some Sequence<UInt8>) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
