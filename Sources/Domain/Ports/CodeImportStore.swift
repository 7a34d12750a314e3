/// Uploads of codes, which can be seen when they have finished, and never in part.
package protocol CodeImportStore: Sendable {
    func codeImport(_ id: CodeImportID) async throws -> CodeImport?

    func codeImports(
        _ request: ListRequest<CodeImportSort, CodeImportFilter>
    ) async throws -> ListPage<CodeImport>

    /// Lines that were not kept, in their order, at most `limit`.
    func problems(of id: CodeImportID, limit: Int) async throws -> [CodeLineProblem]

    /// Throws `not_found` for the product, and `conflict` when it sells no codes.
    func begin(_ codeImport: CodeImport, _ writing: Writing<CodeImport>) async throws -> CodeImport

    /// Adds lines; those whose fingerprint is known already become problems. At most `maxProblems` are kept of the
    /// whole import; all are counted.
    ///
    /// Throws `conflict` when the import is not running any more.
    func add(
        _ codes: [ImportedCode],
        _ problems: [CodeLineProblem],
        to id: CodeImportID,
        maxProblems: Int,
        at moment: Timestamp
    ) async throws -> CodeImport

    /// All lines are in: shows its codes, or refuses it. Throws `conflict` when it is not running any more.
    func finish(_ id: CodeImportID, _ writing: Writing<CodeImport>) async throws -> CodeImport

    /// It cannot be finished; does nothing when it has ended.
    func fail(_ id: CodeImportID, because reason: String, _ writing: Writing<Void>) async throws

    /// Fails imports of which nothing was heard since `silentSince`, as of a hub that died, and removes what imports
    /// without success have left, a part at a time.
    func clean(silentSince moment: Timestamp, at now: Timestamp) async throws
}
