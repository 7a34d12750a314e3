/// Templates of our account, as they were when they were last asked for.
package protocol TemplateOffer: Sendable {
    /// Those that may be sent, by name and language.
    var templates: [MessageTemplate] { get }
}

/// Where templates are kept.
package protocol TemplateSource: Sendable {
    /// Those that may be sent now. Throws `unavailable` when they cannot be had.
    func approvedTemplates() async throws -> [MessageTemplate]
}
