package import Domain
package import NIOCore

extension PushEncoder {
    /// To whom is mentioned, wherever they are.
    package static func mention(_ mention: Mention) -> ByteBuffer {
        frame("mention") { writer in
            // As lists have it; its number is no place in the log of this push.
            writer.key("mention")
            writer.value(.object(mention.document))
        }
    }
}
