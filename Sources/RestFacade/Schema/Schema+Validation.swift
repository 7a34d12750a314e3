import Domain

extension Schema {
    /// Everything that is wrong with `value`, by where it stands.
    func problems(with value: JSONValue, at field: String = "") -> [FieldProblem] {
        switch self {
        case .text(let rule):
            guard let text = value.string else { return [Self.wrongType(field, "a string")] }
            return rule.problem(with: text, at: field).map { [$0] } ?? []
        case .anyText:
            return value.string == nil ? [Self.wrongType(field, "a string")] : []
        case .integer(let range):
            guard let integer = value.wholeNumber else { return [Self.wrongType(field, "a whole number")] }
            guard range.contains(integer) else {
                return [
                    FieldProblem(field, "range", "must be from \(range.lowerBound) to \(range.upperBound)")
                ]
            }
            return []
        case .boolean:
            return value.bool == nil ? [Self.wrongType(field, "true or false")] : []
        case .choice(let accepted):
            guard let text = value.string else { return [Self.wrongType(field, "a string")] }
            guard accepted.contains(text) else {
                return [FieldProblem(field, "choice", "must be one of: \(accepted.joined(separator: ", "))")]
            }
            return []
        case .list(let element, let count):
            guard let elements = value.array else { return [Self.wrongType(field, "a list")] }
            guard count.contains(elements.count) else {
                return [FieldProblem(field, "count", "must have \(count.lowerBound) to \(count.upperBound) entries")]
            }
            return elements.enumerated().flatMap { element.problems(with: $1, at: "\(field)/\($0)") }
        case .object(let object):
            guard let members = value.object else { return [Self.wrongType(field, "an object")] }
            return object.problems(with: members, at: field)
        case .map(let element, let count):
            guard let members = value.object else { return [Self.wrongType(field, "an object")] }
            guard count.contains(members.count) else {
                return [FieldProblem(field, "count", "must have \(count.lowerBound) to \(count.upperBound) members")]
            }
            return members.sorted { $0.key < $1.key }.flatMap { name, value in
                let place = "\(field)/\(ObjectSchema.escaped(name))"
                let problem = TextRule(.line, 1...Self.maxNameLength).problem(with: name, at: place)
                return (problem.map { [$0] } ?? []) + element.problems(with: value, at: place)
            }
        case .anyObject:
            return value.object == nil ? [Self.wrongType(field, "an object")] : []
        case .any:
            return []
        case .nullable(let schema):
            return value.isNull ? [] : schema.problems(with: value, at: field)
        }
    }

    private static func wrongType(_ field: String, _ wanted: String) -> FieldProblem {
        FieldProblem(field, "type", "must be \(wanted)")
    }
}

extension ObjectSchema {
    fileprivate func problems(with values: [String: JSONValue], at field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for member in members {
            let place = "\(field)/\(member.name)"
            if let value = values[member.name] {
                problems += member.schema.problems(with: value, at: place)
            } else if member.isRequired {
                problems.append(FieldProblem(place, "required", "is missing"))
            }
        }
        guard !isOpen else { return problems }
        let known = Set(members.map(\.name))
        for name in values.keys.sorted() where !known.contains(name) {
            let place = "\(field)/\(Self.escaped(name))"
            problems.append(FieldProblem(place, "unknown", "is not known here, or cannot be set"))
        }
        return problems
    }

    /// A name as a JSON Pointer writes it (RFC 6901 section 3).
    fileprivate static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
