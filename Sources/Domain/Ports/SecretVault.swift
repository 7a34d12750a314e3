/// Keeps secrets at rest: seals what is stored, opens it again, and finds equal ones without opening.
package protocol SecretVault: Sendable {
    /// A fresh data key, wrapped once, for the secrets of one record or of one import.
    ///
    /// Throws `unavailable` when the keeper of the keys is away.
    func sealer() async throws(HubError) -> any SecretSealer

    /// The secret, as it was sealed at this place.
    ///
    /// Throws `cannotOpenSecret` whatever is wrong with the envelope, `keyNotAvailable` when it names a key that the
    /// hub does not have, and `unavailable` when the keeper of the keys is away. Secrets of one data key cost one
    /// unwrapping: the data key is remembered for some minutes.
    func open(_ sealed: SealedSecret, at place: SecretPlace) async throws(HubError) -> String

    /// Equal for equal secrets of one use and for nothing else: 64 hexadecimal digits, keyed HMAC-SHA256.
    ///
    /// It survives the rotation of keys. What counts as equal (spaces, case) is the caller's to settle before.
    func fingerprint(of secret: String, for use: FingerprintUse) -> String

    /// For texts with codes, where nothing may wait.
    var texts: any TextSeal { get }
}

/// Seals secrets under one data key. May be used by many tasks at once, and does not wait for anything.
package protocol SecretSealer: Sendable {
    /// Throws `internal` when the data key has sealed as many secrets as it may; then take another sealer.
    func seal(_ secret: String, at place: SecretPlace) throws(HubError) -> SealedSecret
}
