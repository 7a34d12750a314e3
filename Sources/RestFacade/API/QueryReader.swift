import Domain
import Hummingbird

/// The parameters of an address, by the schemas that an endpoint gives them.
enum QueryReader {
    /// Throws `invalid` for a parameter that is unknown, missing, given twice, or not what its schema says.
    static func members(of request: Request, _ parameters: [Endpoint.Parameter]) throws(HubError) -> Members {
        guard let pairs = FormQuery.pairs(of: request.uri.query ?? "") else {
            throw .invalid([FieldProblem("query", "format", "has a broken escape, or is no UTF-8")])
        }
        var values: [String: JSONValue] = [:]
        var problems: [FieldProblem] = []
        for (name, text) in pairs {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                problems.append(FieldProblem(name, "unknown", "is not known here"))
                continue
            }
            guard values[name] == nil else {
                problems.append(FieldProblem(name, "twice", "is given twice"))
                continue
            }
            let value = parameter.schema.value(of: text)
            problems += parameter.schema.problems(with: value, at: name)
            values[name] = value
        }
        for parameter in parameters where parameter.isRequired && values[parameter.name] == nil {
            problems.append(FieldProblem(parameter.name, "required", "is missing"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return Members(values)
    }
}

extension Schema {
    /// What a text in an address stands for; the text itself when it is nothing of the kind.
    fileprivate func value(of text: String) -> JSONValue {
        switch self {
        case .integer: Int64(text).map(JSONValue.integer) ?? .string(text)
        case .boolean: text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
        case .nullable(let schema): schema.value(of: text)
        case .text, .anyText, .choice, .list, .object, .map, .anyObject: .string(text)
        }
    }
}
