/// The rules of the tools that a request offers.
enum ChatToolRules {
    static let mostTools = 128
    private static let mostLetters = 64

    static func tools(_ body: JSON, rejectedFields: Set<String>) throws(OpenAIError) -> [ChatRequest.Tool] {
        guard let value = body["tools"], value != .null else {
            for name in ["tool_choice", "parallel_tool_calls"] where (body[name] ?? .null) != .null {
                if name == "tool_choice", body[name] == "none" { continue }
                throw .value(name, "it is only allowed when 'tools' are specified")
            }
            return []
        }
        guard let list = value.array, !list.isEmpty else {
            throw .value("tools", "expected at least one tool", code: "empty_array")
        }
        guard list.count <= mostTools else {
            throw .value("tools", "expected at most \(mostTools)", code: "array_above_max_length")
        }
        var tools: [ChatRequest.Tool] = []
        for (place, tool) in list.enumerated() {
            let path = "tools[\(place)]"
            guard tool["type"] == "function" else { throw .value("\(path).type", "expected 'function'") }
            guard let function = tool["function"] else { throw .missing("\(path).function") }
            let name = try checkName(function["name"], "\(path).function.name")
            if rejectedFields.contains("strict"), function["strict"] != nil {
                throw .unsupported("\(path).function.strict")
            }
            guard !tools.contains(where: { $0.name == name }) else {
                throw .value("\(path).function.name", "'\(name)' stands for another tool")
            }
            let parameters = function["parameters"]
            if let parameters, parameters["type"] != "object" {
                throw .value(
                    "\(path).function.parameters", "expected a schema of type 'object'",
                    code: "invalid_function_parameters")
            }
            tools.append(.init(name: name, parameters: parameters))
        }
        return tools
    }

    static func choice(_ body: JSON, tools: [ChatRequest.Tool]) throws(OpenAIError) -> ChatRequest.Choice {
        switch body["tool_choice"] {
        case nil, .null: return tools.isEmpty ? .none : .auto
        case "none": return .none
        case "auto": return .auto
        case "required": return .required
        case let value?:
            guard let name = value["function"]?["name"]?.string else {
                throw .value("tool_choice", "expected 'none', 'auto', 'required' or a function")
            }
            guard tools.contains(where: { $0.name == name }) else {
                throw .value("tool_choice", "'\(name)' is not among 'tools'")
            }
            return .tool(name)
        }
    }

    @discardableResult
    static func checkName(_ value: JSON?, _ path: String) throws(OpenAIError) -> String {
        guard let name = value?.string else { throw .missing(path) }
        let isLegal = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isLegal, (1...mostLetters).contains(name.utf8.count) else {
            throw .value(path, "expected letters, digits, '_' and '-', at most \(mostLetters)")
        }
        return name
    }
}
