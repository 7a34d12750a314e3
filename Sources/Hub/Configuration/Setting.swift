/// A name of the configuration: what it accepts and what holds without it.
struct Setting<Value: Sendable>: Sendable {
    let name: String
    /// Completes "accepted: …".
    let accepted: String
    /// Whether the value must not be shown, not even when it is wrong.
    let isSecret: Bool
    /// What holds when the name is not given or its value is empty.
    let standard: Value
    /// Gets a text that is not empty.
    let parse: @Sendable (String) throws(SettingProblem) -> Value

    init(
        _ name: String,
        accepted: String,
        standard: Value,
        isSecret: Bool = false,
        parse: @escaping @Sendable (String) throws(SettingProblem) -> Value
    ) {
        self.name = name
        self.accepted = accepted
        self.standard = standard
        self.isSecret = isSecret
        self.parse = parse
    }
}

/// What is wrong with a value, in words that follow it: "is not a number". Never holds the value.
struct SettingProblem: Error, Equatable {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}

/// A setting of whatever type, as the table of all settings holds it.
protocol AnySetting: Sendable {
    var name: String { get }
    var accepted: String { get }
    var isSecret: Bool { get }

    func check(_ text: String) throws(SettingProblem)
}

extension Setting: AnySetting {
    func check(_ text: String) throws(SettingProblem) {
        _ = try parse(text)
    }
}
