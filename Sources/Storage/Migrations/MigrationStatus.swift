package import Domain

/// One migration and whether the database has it.
package struct MigrationStatus: Sendable, Equatable {
    package let version: Int64
    package let name: String
    /// nil while it is not applied.
    package let appliedAt: Timestamp?
    /// Applied by a newer hub than this one.
    package let isUnknown: Bool
}
