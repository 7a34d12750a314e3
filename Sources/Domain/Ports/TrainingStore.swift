/// Training programs and who takes part in them.
package protocol TrainingStore: Sendable {
    func program(_ id: TrainingProgramID) async throws -> TrainingProgram?

    func programs(
        _ request: ListRequest<TrainingProgramSort, TrainingProgramFilter>
    ) async throws -> ListPage<TrainingProgram>

    func add(_ program: TrainingProgram, _ writing: Writing<TrainingProgram>) async throws -> Written<TrainingProgram>

    /// Applies `change` to the program as it is now, in one transaction.
    ///
    /// Throws `not_found`; `stale` when `expected` is not its version any more; and what `change` throws.
    func change(
        _ id: TrainingProgramID,
        expected: Int64?,
        _ writing: Writing<TrainingProgram>,
        _ change: @escaping @Sendable (inout TrainingProgram) throws -> Void
    ) async throws -> TrainingProgram

    /// Throws `not_found`, `stale`, and `conflict` when somebody was enrolled: archive it then.
    func remove(_ id: TrainingProgramID, expected: Int64?, _ writing: Writing<TrainingProgram>) async throws

    // MARK: Enrolments
    //
    // Those of contacts that `scope` hides are answered as what does not exist.

    /// Throws `not_found` for the program, `conflict` when it takes nobody or the learner takes part already, and
    /// `invalid` for a contact that does not exist and a user who cannot sign in.
    func enrol(
        _ enrolment: Enrolment,
        scope: CRMScope,
        _ writing: Writing<TrainingProgress>
    ) async throws -> Written<TrainingProgress>

    func enrolment(
        _ id: EnrolmentID,
        of program: TrainingProgramID,
        scope: CRMScope
    ) async throws -> TrainingProgress?

    /// Across all programs, unless the filter names one.
    func enrolments(
        _ request: ListRequest<EnrolmentSort, EnrolmentFilter>
    ) async throws -> ListPage<TrainingProgress>

    /// Marks a module as done since `moment`, or as not done for nil. What is so already stays as it is.
    ///
    /// Throws `not_found` for the enrolment or the module, and what `check` throws.
    func mark(
        _ module: TrainingModuleID,
        doneAt moment: Timestamp?,
        in id: EnrolmentID,
        of program: TrainingProgramID,
        scope: CRMScope,
        _ writing: Writing<TrainingProgress>,
        _ check: @escaping @Sendable (Enrolment) throws -> Void
    ) async throws -> TrainingProgress

    /// Throws `not_found` and `stale`.
    func leave(
        _ id: EnrolmentID,
        of program: TrainingProgramID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<TrainingProgress>
    ) async throws
}
