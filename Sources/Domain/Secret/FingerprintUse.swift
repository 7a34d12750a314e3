/// What equal secrets are looked for among. Each use has a key of its own.
///
/// The raw value goes into the key (HKDF's `info`): changing one makes all stored fingerprints of that use void.
package enum FingerprintUse: String, Sendable, CaseIterable {
    /// Digital codes: the same code is not imported twice.
    case code = "fingerprint of codes v1"
    /// Tokens and keys of outside services: the same account is not configured twice.
    case integrationToken = "fingerprint of integration tokens v1"
}
