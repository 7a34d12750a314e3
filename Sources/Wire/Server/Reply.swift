package import Domain
package import NIOCore

/// Writes replies to client frames.
package enum Reply {
    /// `{"re": id, "ok": …}`; `write` puts the one value of `ok`.
    package static func ok(_ id: Int64, _ write: (inout JSONWriter) -> Void) -> ByteBuffer {
        .json { writer in
            writer.beginObject()
            writer.key("re")
            writer.integer(id)
            writer.key("ok")
            write(&writer)
            writer.endObject()
        }
    }

    /// `{"re": id, "err": …}`; without an id the error refers to no frame in particular.
    package static func error(_ error: HubError, id: Int64?) -> ByteBuffer {
        .json { writer in
            writer.beginObject()
            writer.key("re")
            if let id { writer.integer(id) } else { writer.null() }
            writer.key("err")
            write(error, into: &writer)
            writer.endObject()
        }
    }

    package static func write(_ error: HubError, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("code")
        writer.string(error.code.rawValue)
        writer.key("msg")
        writer.string(error.message)
        if let wait = error.retryAfter {
            writer.key("retry_ms")
            writer.integer(max(1, wait.milliseconds))
        }
        if !error.missed.isEmpty {
            writer.key("messages")
            writer.beginArray()
            // Only staff are told of what a customer wrote.
            for event in error.missed { EventEncoder.write(event, for: .staff, into: &writer) }
            writer.endArray()
        }
        if !error.templates.isEmpty {
            writer.key("templates")
            writer.value(.array(error.templates.map(\.json)))
        }
        writer.endObject()
    }

    package static func empty(_ id: Int64) -> ByteBuffer {
        ok(id) { writer in
            writer.beginObject()
            writer.endObject()
        }
    }

    package static func pong(_ id: Int64) -> ByteBuffer {
        ok(id) { writer in
            writer.beginObject()
            writer.key("pong")
            writer.bool(true)
            writer.endObject()
        }
    }

    /// The answer to a durable write.
    package static func written(_ id: Int64, seq: SequenceNumber, at: Timestamp, isDuplicate: Bool) -> ByteBuffer {
        ok(id) { writer in
            writer.beginObject()
            writer.key("seq")
            writer.integer(seq.value)
            writer.key("at")
            writer.string(at.rfc3339)
            writer.key("dup")
            writer.bool(isDuplicate)
            writer.endObject()
        }
    }
}
