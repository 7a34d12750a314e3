/// How outside services are connected, and what tests of them found.
package protocol IntegrationStore: Sendable {
    /// What is stored; services that nobody set are not among them.
    func configs() async throws -> [IntegrationConfig]

    func config(_ type: IntegrationType) async throws -> IntegrationConfig?

    /// The version of each configuration that is stored.
    func versions() async throws -> [IntegrationType: Int64]

    /// Keeps a configuration, which is made when it is not there yet. Throws `stale`.
    func keep(
        _ type: IntegrationType,
        expected: Int64?,
        _ writing: Writing<IntegrationConfig>,
        _ edit: @escaping @Sendable (inout IntegrationConfig) throws -> Void
    ) async throws -> IntegrationConfig

    /// Keeps what a test found, and writes it into the audit log; of checks by the clock only what has changed.
    func record(_ test: IntegrationTest) async throws

    /// The newest first.
    func tests(of type: IntegrationType, limit: Int) async throws -> [IntegrationTest]
}
