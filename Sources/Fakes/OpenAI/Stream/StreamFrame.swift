/// One event of a stream before it is framed.
struct StreamFrame: Sendable, Equatable {
    enum Kind: Sendable {
        /// Who speaks; the first event.
        case role
        /// A piece of text or of a call, which takes a token's time.
        case token
        case finish
        case usage
        case done
        case error
    }

    let kind: Kind
    var payload: String
}
