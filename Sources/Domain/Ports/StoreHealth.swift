/// What the store says of itself.
package protocol StoreHealth: Sendable {
    /// Names this incarnation of the store; changes only when a backup is restored.
    func epoch() async throws -> String

    /// Makes every client drop what it has cached of this store: a restored log is shorter than what they saw.
    func renewEpoch(to epoch: String) async throws

    /// Throws `unavailable` when the store cannot be read and written now.
    func check() async throws
}
