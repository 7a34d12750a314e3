/// Where a message of WhatsApp comes from; it is written down with the message.
package struct MessageOrigin: Sendable, Equatable {
    /// A file of the message that is still at the provider.
    package struct File: Sendable, Equatable {
        /// Our number that it came to, by its id at the provider.
        package let number: String
        package let media: WhatsAppMedia

        package init(number: String, media: WhatsAppMedia) {
            self.number = number
            self.media = media
        }
    }

    /// The id at the provider.
    package let id: String
    /// By the clock of the provider.
    package let sentAt: Timestamp
    /// What the provider says of its surroundings.
    package let context: JSONValue
    package let file: File?

    package init(id: String, sentAt: Timestamp, context: JSONValue = .object([:]), file: File? = nil) {
        self.id = id
        self.sentAt = sentAt
        self.context = context
        self.file = file
    }
}
