import Foundation

/// Base 64 with padding (RFC 4648 section 4).
enum Base64 {
    static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// In lines of 76 characters (RFC 2045 section 6.8), each of which ends with CR LF.
    static func lines(_ bytes: some Sequence<UInt8>) -> String {
        let text = Data(bytes).base64EncodedString(
            options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
        return text.isEmpty || text.hasSuffix("\r\n") ? text : text + "\r\n"
    }
}
