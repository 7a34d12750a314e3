/// The head of an HTTP/1 request as `RequestHeadParser` has read it: every part is well-formed, none is interpreted.
package struct RequestHead: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        /// In lower case.
        package let name: String
        /// Without the white space around it. Bytes that are no UTF-8 are replaced.
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package enum Version: Hashable, Sendable {
        case http10
        case http11
    }

    package let method: String
    /// As sent: not decoded, not normalised.
    package let path: String
    /// What follows the first question mark, as sent.
    package let query: String?
    package let version: Version
    package var fields: [Field]

    package init(method: String, path: String, query: String? = nil, version: Version = .http11, fields: [Field] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.version = version
        self.fields = fields
    }

    /// All values of a header in the order they came.
    ///
    /// - Parameter name: in lower case.
    package func values(of name: String) -> [String] {
        self.fields.filter { $0.name == name }.map(\.value)
    }
}
