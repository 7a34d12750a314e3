import NIOCore

/// A client frame with every bit under control, so that tests can also write wrong ones.
struct ClientFrame {
    enum LengthForm {
        case shortest
        case bits16
        case bits64
    }

    var opcode: UInt8
    var payload: [UInt8] = []
    var isFinal = true
    var rsv: UInt8 = 0
    var mask: [UInt8]? = [0x37, 0xFA, 0x21, 0x3D]
    var form = LengthForm.shortest
    /// What the header says, if not the payload's true length.
    var announcedBytes: UInt64?

    var bytes: [UInt8] {
        let length = self.announcedBytes ?? UInt64(self.payload.count)
        var bytes = [(self.isFinal ? 0x80 : 0) | self.rsv << 4 | self.opcode]
        let maskBit: UInt8 = self.mask == nil ? 0 : 0x80
        switch self.form {
        case .shortest where length < 126: bytes.append(maskBit | UInt8(length))
        case .bits16: bytes += [maskBit | 126, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)]
        case .shortest where length < 65_536:
            bytes += [maskBit | 126, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)]
        case .shortest, .bits64:
            bytes.append(maskBit | 127)
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: length >> shift))
            }
        }
        guard let mask = self.mask else { return bytes + self.payload }
        return bytes + mask + self.payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    static func text(_ text: String, isFinal: Bool = true) -> ClientFrame {
        ClientFrame(opcode: 0x1, payload: Array(text.utf8), isFinal: isFinal)
    }

    static func compressed(_ payload: [UInt8], opcode: UInt8 = 0x1, isFinal: Bool = true) -> ClientFrame {
        ClientFrame(opcode: opcode, payload: payload, isFinal: isFinal, rsv: 0b100)
    }

    static func binary(_ payload: [UInt8], isFinal: Bool = true) -> ClientFrame {
        ClientFrame(opcode: 0x2, payload: payload, isFinal: isFinal)
    }

    static func continuation(_ payload: [UInt8], isFinal: Bool = true) -> ClientFrame {
        ClientFrame(opcode: 0x0, payload: payload, isFinal: isFinal)
    }

    static func ping(_ payload: [UInt8] = []) -> ClientFrame {
        ClientFrame(opcode: 0x9, payload: payload)
    }

    static func pong(_ payload: [UInt8] = []) -> ClientFrame {
        ClientFrame(opcode: 0xA, payload: payload)
    }

    static func close(_ code: UInt16, _ reason: [UInt8] = []) -> ClientFrame {
        ClientFrame(opcode: 0x8, payload: [UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
    }
}
