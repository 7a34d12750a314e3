/// What the store says of itself.
package protocol StoreHealth: Sendable {
    /// Names this incarnation of the store; changes only when a backup is restored.
    func epoch() async throws -> String

    /// Throws `unavailable` when the store cannot be read and written now.
    func check() async throws
}
