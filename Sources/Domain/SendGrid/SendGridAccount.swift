/// An account of SendGrid, and who its mails come from. It never prints its key.
package struct SendGridAccount: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let key: String
    package let sender: EmailAddress
    /// Shown before the address; may be empty.
    package let senderName: String
    package let base: OutboundURL

    /// Fields: `api_key`, `from_email`, `from_name` (may be empty), and `api_url` for another place than SendGrid's.
    package init(_ fields: ServiceFields) throws(ServiceFieldsProblem) {
        try fields.require("api_key", "from_email")
        key = try fields.word("api_key")
        guard let sender = fields["from_email"].flatMap(EmailAddress.init) else {
            throw ServiceFieldsProblem(.unfit("from_email"))
        }
        self.sender = sender
        senderName = fields["from_name"] ?? ""
        base = try fields.url("api_url", or: "https://api.sendgrid.com")
    }

    package var description: String { "SendGrid as \(sender)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
