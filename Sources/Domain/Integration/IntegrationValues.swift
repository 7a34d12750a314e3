/// What is known of a service: what its owner stored, else what the environment says, else what is usual.
///
/// Secrets are in it in clear: it is for the client of the service, and goes nowhere else.
package struct IntegrationValues: Sendable, Equatable {
    package enum Source: String, Sendable, CaseIterable {
        case stored, environment
        case standard = "default"
    }

    package let type: IntegrationType
    private let known: [String: Known]

    private struct Known: Sendable, Equatable {
        let value: String
        let source: Source
    }

    package init(_ type: IntegrationType, stored: [String: String], environment: [String: String]) {
        self.type = type
        var known: [String: Known] = [:]
        for field in type.fields {
            if let value = stored[field.name] {
                known[field.name] = Known(value: value, source: .stored)
            } else if let value = environment[field.name] {
                known[field.name] = Known(value: value, source: .environment)
            } else if let value = field.standard {
                known[field.name] = Known(value: value, source: .standard)
            }
        }
        self.known = known
    }

    package subscript(name: String) -> String? { known[name]?.value }

    /// By field, in clear.
    package var all: [String: String] { known.mapValues(\.value) }

    package func source(of name: String) -> Source? { known[name]?.source }

    /// Required fields without a value.
    package var missing: [String] {
        type.fields.filter { $0.isRequired && known[$0.name] == nil }.map(\.name)
    }

    /// Whether anybody has set anything; what is only usual does not count.
    package var isTouched: Bool { known.values.contains { $0.source != .standard } }

    /// The same with other values, as an owner tries them before they are kept.
    package func trying(_ edit: IntegrationEdit, environment: [String: String]) -> IntegrationValues {
        var stored: [String: String] = [:]
        for (name, change) in edit.changes {
            switch change {
            case .keep: stored[name] = source(of: name) == .stored ? self[name] : nil
            case .set(let value): stored[name] = value
            case .clear: break
            }
        }
        return IntegrationValues(type, stored: stored, environment: environment)
    }
}

extension IntegrationValues: CustomStringConvertible, CustomReflectable {
    package var description: String { "the values of \(type.rawValue)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
