/// What is stored of a service, opened: what a change by the hub itself begins with.
///
/// Secrets are in it in clear. It never prints itself.
package struct IntegrationBasis: Sendable, Equatable {
    /// Nil while nothing is stored.
    package let config: IntegrationConfig?
    /// By field, in clear; without what the environment says.
    package let stored: [String: String]
    /// With what the environment says.
    package let values: IntegrationValues

    package init(config: IntegrationConfig?, stored: [String: String], values: IntegrationValues) {
        self.config = config
        self.stored = stored
        self.values = values
    }

    /// 0 while nothing is stored.
    package var version: Int64 { config?.version ?? 0 }

    /// Those of some values that may be put in place, now that others may have stored something: what its owner has
    /// changed since stays, and what the hub says of such a field is void.
    package func fitting(_ fresh: [String: String], in now: IntegrationBasis) -> [String: String] {
        fresh.filter { name, _ in
            isSame(name, in: now) && (values.type.field(name)?.keptOf ?? []).allSatisfy { isSame($0, in: now) }
        }
    }

    private func isSame(_ name: String, in now: IntegrationBasis) -> Bool { stored[name] == now.stored[name] }
}

extension IntegrationBasis: CustomStringConvertible, CustomReflectable {
    package var description: String { "what is stored of \(values.type.rawValue)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
