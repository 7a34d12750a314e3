/// Two contacts that are one person, and one that was two after all.
package protocol ContactMerging: Sendable {
    /// Moves identities, leads, deals, notes, goals and enrolments of `from` to `into`; `from` is no contact of its
    /// own any more.
    ///
    /// Throws `not_found` for `into`, `invalid` for `from` when it does not exist or is `into` itself.
    func merge(
        _ from: ContactID,
        into: ContactID,
        scope: CRMScope,
        _ writing: Writing<ContactMerge>
    ) async throws -> Written<ContactMerge>

    /// Undoes the merge that ended `from`: gives back exactly what was moved and is still there.
    ///
    /// Throws `not_found` when there is no such merge, and `conflict` when something that was moved is not where
    /// the merge put it any more: then nothing is undone.
    func unmerge(
        _ from: ContactID,
        scope: CRMScope,
        _ writing: Writing<ContactMerge>
    ) async throws -> Written<ContactMerge>
}
