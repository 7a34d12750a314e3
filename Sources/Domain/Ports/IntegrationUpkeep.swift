/// How what the hub keeps up by itself stands, for the owner of a service.
package protocol IntegrationUpkeep: Sendable {
    /// - Parameter config: What is stored; nil while nothing is.
    func notes(_ values: IntegrationValues, config: IntegrationConfig?) async throws -> [UpkeepNote]
}
