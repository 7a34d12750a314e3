/// Gives new keys of a store at Zid.
package protocol ZidKeyIssuer: Sendable {
    /// Asks once. What is shown may be good for one time only, so whoever asks again has to know why.
    func exchange(_ grant: ZidGrant) async -> ZidGrantAnswer
}

/// Who is told that Zid refuses the keys.
package protocol ZidKeyRenewal: Sendable {
    /// New ones are wanted.
    func wanted()

    /// Whether none will come, since somebody last wanted them.
    var isHopeless: Bool { get }
}
