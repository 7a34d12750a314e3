/// A name and a password that a service shows with every request (RFC 7617). Never prints itself.
package struct BasicLogin: Sendable, CustomStringConvertible, CustomReflectable {
    private let expected: [UInt8]

    /// Nil for a name with a colon, which could not be told from the password.
    package init?(user: String, password: String) {
        guard !user.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let encoded = Base64URL.encode("\(user):\(password)".utf8).replacing("-", with: "+").replacing("_", with: "/")
        expected = Array((encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)).utf8)
    }

    /// - Parameter header: `Authorization`.
    package func isGood(_ header: String?) -> Bool {
        guard let header, let scheme = header.firstIndex(of: " "), header[..<scheme].lowercased() == "basic" else {
            return false
        }
        return ConstantTime.isEqual(header[scheme...].drop { $0 == " " }.utf8, expected)
    }

    package var description: String { "a login" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
