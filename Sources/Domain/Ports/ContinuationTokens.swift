/// Links by which a visitor goes on with their conversation elsewhere.
///
/// A token is bound to the visitor, their conversation and the address it was sent to: it ends with its time, with a
/// change of the address, and when the person is erased.
package protocol ContinuationTokens: Sendable {
    /// Nil for a visitor without an address.
    func make(for visitor: Visitor, until: Timestamp) -> String?

    /// Whom it names, which proves nothing; nil for what is no token.
    func visitor(namedBy token: String) -> VisitorID?

    func isGood(_ token: String, for visitor: Visitor, at now: Timestamp) -> Bool
}
