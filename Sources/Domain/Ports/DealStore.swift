/// What may be sold, and the pipelines it goes through.
///
/// What `scope` hides is answered as what does not exist.
package protocol DealStore: Sendable {
    // MARK: Pipelines

    func pipeline(_ id: PipelineID) async throws -> Pipeline?

    func pipelines(_ request: ListRequest<PipelineSort, Void>) async throws -> ListPage<Pipeline>

    func add(_ pipeline: Pipeline, _ writing: Writing<Pipeline>) async throws -> Written<Pipeline>

    /// Throws `not_found`, `stale`, and `conflict` when a stage that has deals would go.
    func change(
        _ id: PipelineID,
        expected: Int64?,
        _ writing: Writing<Pipeline>,
        _ change: @escaping @Sendable (inout Pipeline) throws -> Void
    ) async throws -> Pipeline

    // MARK: Deals

    /// Throws `not_found`.
    func deal(_ id: DealID, scope: CRMScope) async throws -> Deal

    func deals(_ request: ListRequest<DealSort, DealFilter>) async throws -> ListPage<Deal>

    /// How many and how much, by stage, state and currency.
    func totals(_ filter: DealFilter) async throws -> [DealTotal]

    /// Puts a deal into `pipeline` and `stage`, or into the first there is. `fill` gets it with both set.
    ///
    /// Throws `invalid` for a contact, an owner, a pipeline or a stage that does not exist.
    func add(
        _ new: NewDeal,
        scope: CRMScope,
        _ writing: Writing<Deal>
    ) async throws -> Written<Deal>

    /// Throws `not_found`, `stale`, `conflict` for a step that is none, and what `change` throws.
    func change(
        _ id: DealID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Deal>,
        _ change: @escaping @Sendable (inout Deal) throws -> Void
    ) async throws -> Deal

    /// How the deal came to where it is, oldest first. Throws `not_found`.
    func moves(
        of deal: DealID,
        scope: CRMScope,
        _ request: ListRequest<DealMoveSort, Void>
    ) async throws -> ListPage<DealMove>
}

/// A deal before it has a place.
package struct NewDeal: Sendable {
    package let id: DealID
    package let contact: ContactID
    /// Takes the first that is not archived.
    package let pipeline: PipelineID?
    /// Takes the first of the pipeline.
    package let stage: StageID?
    /// Sets the other members.
    package let fill: @Sendable (inout Deal) throws -> Void

    package init(
        id: DealID,
        contact: ContactID,
        pipeline: PipelineID?,
        stage: StageID?,
        fill: @escaping @Sendable (inout Deal) throws -> Void
    ) {
        self.id = id
        self.contact = contact
        self.pipeline = pipeline
        self.stage = stage
        self.fill = fill
    }
}
