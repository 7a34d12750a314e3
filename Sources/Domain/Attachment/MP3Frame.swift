/// Recognises MPEG audio layer III, whose frames have only a short signature.
enum MP3Frame {
    /// Kilobits per second by the index in the header; 0 is no bit rate (ISO 11172-3 §2.4.2.3, 13818-3 §2.4.2.3).
    private static let bitRates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0]
    private static let bitRates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0]
    private static let sampleRates1 = [44_100, 48_000, 32_000]

    /// Whether a file begins with an ID3v2 tag or with two frames in a row.
    static func isStart(of bytes: [UInt8]) -> Bool {
        if bytes.count >= 10, bytes.starts(with: "ID3".utf8) {
            return (2...4).contains(bytes[3]) && bytes[6...9].allSatisfy { $0 < 0x80 }
        }
        guard let length = length(ofFrameAt: 0, in: bytes) else { return false }
        return length == bytes.count || Self.length(ofFrameAt: length, in: bytes) != nil
    }

    /// Bytes of the frame whose header stands at `offset`; nil when there is none.
    private static func length(ofFrameAt offset: Int, in bytes: [UInt8]) -> Int? {
        guard offset + 4 <= bytes.count, bytes[offset] == 0xFF, bytes[offset + 1] & 0xE0 == 0xE0 else { return nil }
        let version = bytes[offset + 1] >> 3 & 3
        let layer = bytes[offset + 1] >> 1 & 3
        let sampleIndex = Int(bytes[offset + 2] >> 2 & 3)
        guard version != 1, layer == 1, sampleIndex < 3 else { return nil }
        let isVersion1 = version == 3
        let bitRate = (isVersion1 ? bitRates1 : bitRates2)[Int(bytes[offset + 2] >> 4)]
        guard bitRate > 0 else { return nil }
        let sampleRate = sampleRates1[sampleIndex] / (isVersion1 ? 1 : version == 2 ? 2 : 4)
        let padding = Int(bytes[offset + 2] >> 1 & 1)
        return (isVersion1 ? 144 : 72) * bitRate * 1000 / sampleRate + padding
    }
}
