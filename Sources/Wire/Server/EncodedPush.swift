package import Domain
package import NIOCore

/// A push encoded once for all its receivers: one text for each kind of eyes.
package struct EncodedPush: Sendable {
    package let staff: ByteBuffer
    package let customer: ByteBuffer

    package init(staff: ByteBuffer, customer: ByteBuffer) {
        self.staff = staff
        self.customer = customer
    }

    package init(same text: ByteBuffer) {
        self.init(staff: text, customer: text)
    }

    package subscript(_ audience: Audience) -> ByteBuffer {
        switch audience {
        case .staff: staff
        case .customer: customer
        }
    }

    /// Encodes a durable event. Where customers never look, one text serves both.
    package init(_ event: RoomEvent, customersMaySee: Bool) {
        let staff = ByteBuffer.json { EventEncoder.write(event, for: .staff, into: &$0) }
        guard customersMaySee, Self.differs(event) else {
            self.init(same: staff)
            return
        }
        self.init(staff: staff, customer: .json { EventEncoder.write(event, for: .customer, into: &$0) })
    }

    private static func differs(_ event: RoomEvent) -> Bool {
        if event.author.kind == .staff { return true }
        switch event.content {
        case .assignment, .membership: return true
        case .message, .edit, .deletion, .reaction, .status, .state, .labels, .clock, .survey, .rating, .run:
            return false
        }
    }
}

extension ByteBuffer {
    /// A buffer with the JSON text that `write` makes.
    package static func json(_ write: (inout JSONWriter) -> Void) -> ByteBuffer {
        var writer = JSONWriter()
        write(&writer)
        return ByteBuffer(bytes: writer.bytes)
    }
}
