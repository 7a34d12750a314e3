/// What a program shows to AWS. It never prints itself.
package struct AWSCredentials: Sendable {
    package let accessKeyID: String
    let secretAccessKey: String
    /// Of a credential that is only lent.
    let sessionToken: String?

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

extension AWSCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String { "<credentials>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
