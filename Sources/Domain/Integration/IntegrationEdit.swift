/// What an owner sends for a service: all of its values, of which masked ones stay as they are.
///
/// What the hub says by itself is not theirs to send: it stays, or is void with what it was said of.
package struct IntegrationEdit: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        case keep
        case set(String)
        case clear
    }

    /// By field, for every field of the service.
    package let changes: [String: Change]

    /// Throws `invalid` with everything that is wrong.
    ///
    /// - Parameters:
    ///   - values: By field; nil, an empty text and what is missing take the value away.
    ///   - place: Where they stood in what was sent.
    package init(
        _ values: [String: String?],
        for type: IntegrationType,
        at place: String = "/values"
    ) throws(HubError) {
        var problems = values.keys.filter { type.field($0) == nil }.sorted().map { name in
            FieldProblem("\(place)/\(name)", "unknown", "is no field of \(type.rawValue)")
        }
        var changes: [String: Change] = [:]
        for field in type.fields where !field.isKept {
            let value = (values[field.name] ?? nil).flatMap { $0.isEmpty ? nil : $0 }
            if let value {
                if field.isSecret, SecretMask(value) != nil {
                    changes[field.name] = .keep
                } else {
                    changes[field.name] = .set(value)
                    if let problem = field.problem(with: value, at: "\(place)/\(field.name)") {
                        problems.append(problem)
                    }
                }
            } else {
                changes[field.name] = .clear
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        for field in type.fields {
            guard let others = field.keptOf else { continue }
            changes[field.name] = others.allSatisfy { changes[$0] == .keep } ? .keep : .clear
        }
        self.changes = changes
    }
}
