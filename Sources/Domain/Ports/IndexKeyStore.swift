/// Where the sealed index key lies: one for a store, from its first start on.
///
/// Fingerprints are made with it, so it must outlive every rotation. And because it is always there, it tells
/// whether a hub has the keys of its store.
package protocol IndexKeyStore: Sendable {
    /// Nil before the first start. Throws `cannotOpenSecret` when what is there is no envelope.
    func indexKey() async throws -> SealedSecret?

    /// Keeps the key unless there is one, and returns the one that is kept.
    func keepIndexKey(_ sealed: SealedSecret) async throws -> SealedSecret

    /// False, and nothing is changed, when the key that is kept is no longer `old`.
    func replaceIndexKey(_ old: SealedSecret, with new: SealedSecret) async throws -> Bool
}
