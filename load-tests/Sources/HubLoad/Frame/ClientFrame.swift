/// Frames of a client: masked, whole and not compressed.
enum ClientFrame {
    static func text(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { encode(.text, $0) }
    }

    static func pong(_ payload: UnsafeRawBufferPointer) -> [UInt8] {
        encode(.pong, payload)
    }

    private static func encode(_ kind: ServerFrame.Kind, _ payload: some Collection<UInt8>) -> [UInt8] {
        let mask = UInt32.random(in: .min ... .max)
        var frame: [UInt8] = []
        frame.reserveCapacity(payload.count + 14)
        frame.append(0x80 | kind.rawValue)
        if payload.count < 126 {
            frame.append(0x80 | UInt8(payload.count))
        } else if payload.count <= UInt16.max {
            frame.append(0x80 | 126)
            withUnsafeBytes(of: UInt16(payload.count).bigEndian) { frame.append(contentsOf: $0) }
        } else {
            frame.append(0x80 | 127)
            withUnsafeBytes(of: UInt64(payload.count).bigEndian) { frame.append(contentsOf: $0) }
        }
        withUnsafeBytes(of: mask) { mask in
            frame.append(contentsOf: mask)
            for (index, byte) in payload.enumerated() {
                frame.append(byte ^ mask[index & 3])
            }
        }
        return frame
    }
}
