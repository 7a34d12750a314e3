import Domain

/// A mailbox that mail is sent from, with its password at the mail server.
struct Mailbox: Sendable, Equatable {
    let address: EmailAddress
    let token: SecretText
}
