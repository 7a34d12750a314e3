package import Domain

/// Nothing is kept up by the hub itself.
package struct NoUpkeep: IntegrationUpkeep {
    package init() {}

    package func notes(_ values: IntegrationValues, config: IntegrationConfig?) async throws -> [UpkeepNote] { [] }
}
