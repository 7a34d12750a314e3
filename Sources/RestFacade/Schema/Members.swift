import Domain
import Wire

/// The members of a body or the parameters of a query, after their schema was found to fit.
///
/// What is absent leaves its target alone, and null empties it: a merge patch (RFC 7396). Throws `internal` when a
/// member is not what its schema promised, which is a fault of ours.
struct Members: Sendable {
    let values: [String: JSONValue]

    init(_ values: [String: JSONValue] = [:]) {
        self.values = values
    }

    subscript(_ name: String) -> JSONValue? {
        guard let value = values[name], !value.isNull else { return nil }
        return value
    }

    /// For what the wire contract reads as well; there `1.0` is no whole number, and to JSON Schema it is.
    var reader: ObjectReader {
        ObjectReader(members: values.mapValues { $0.wholeNumber.map(JSONValue.integer) ?? $0 })
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    // MARK: Reading

    func text(_ name: String) throws(HubError) -> String? { try read(name, \.string) }

    func integer(_ name: String) throws(HubError) -> Int64? { try read(name, \.wholeNumber) }

    func bool(_ name: String) throws(HubError) -> Bool? { try read(name, \.bool) }

    func moment(_ name: String) throws(HubError) -> Timestamp? {
        try read(name) { $0.string.flatMap(Timestamp.init(rfc3339:)) }
    }

    func choice<Choice: RawRepresentable<String>>(_ name: String) throws(HubError) -> Choice? {
        try read(name) { $0.string.flatMap(Choice.init) }
    }

    func id<Kind>(_ name: String) throws(HubError) -> ID<Kind>? {
        guard let text = try text(name) else { return nil }
        return try read(name) { _ in ID<Kind>(text) }
    }

    func texts(_ name: String) throws(HubError) -> [String]? {
        try read(name) { value in
            guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else { return nil }
            return texts
        }
    }

    func object(_ name: String) throws(HubError) -> Members? {
        try read(name) { $0.object.map(Members.init) }
    }

    func objects(_ name: String) throws(HubError) -> [Members]? {
        try read(name) { $0.array?.compactMap { $0.object.map(Members.init) } }
    }

    /// Texts by names of the sender's; nil for those that are to be removed.
    func map(_ name: String) throws(HubError) -> [String: String?]? {
        try read(name) { $0.object?.mapValues(\.string) }
    }

    private func read<Value>(_ name: String, _ convert: (JSONValue) -> Value?) throws(HubError) -> Value? {
        guard let value = self[name] else { return nil }
        guard let converted = convert(value) else {
            throw HubError(.internal, "The schema of \(name) does not fit the code that reads it.")
        }
        return converted
    }

    // MARK: Merging

    func set(_ target: inout String, _ name: String) throws(HubError) { try put(&target, try text(name)) }

    func set(_ target: inout String?, _ name: String) throws(HubError) { try put(&target, name, text) }

    func set(_ target: inout Int64, _ name: String) throws(HubError) { try put(&target, try integer(name)) }

    func set(_ target: inout Int64?, _ name: String) throws(HubError) { try put(&target, name, integer) }

    func set(_ target: inout Bool, _ name: String) throws(HubError) { try put(&target, try bool(name)) }

    func set(_ target: inout Timestamp, _ name: String) throws(HubError) { try put(&target, try moment(name)) }

    func set(_ target: inout Timestamp?, _ name: String) throws(HubError) { try put(&target, name, moment) }

    func set(_ target: inout [String], _ name: String) throws(HubError) { try put(&target, try texts(name)) }

    /// Members that are given are set, those that are null removed.
    func set(_ target: inout [String: String], _ name: String) throws(HubError) {
        for (key, value) in try map(name) ?? [:] { target[key] = value }
    }

    func set<Kind>(_ target: inout ID<Kind>, _ name: String) throws(HubError) { try put(&target, try id(name)) }

    func set<Kind>(_ target: inout ID<Kind>?, _ name: String) throws(HubError) {
        if has(name) { target = try id(name) }
    }

    func set<Choice: RawRepresentable<String>>(_ target: inout Choice, _ name: String) throws(HubError) {
        try put(&target, try choice(name))
    }

    func set<Choice: RawRepresentable<String>>(_ target: inout Choice?, _ name: String) throws(HubError) {
        try put(&target, name, choice)
    }

    private func put<Value>(_ target: inout Value, _ value: Value?) throws(HubError) {
        if let value { target = value }
    }

    private func put<Value>(
        _ target: inout Value?,
        _ name: String,
        _ read: (String) throws(HubError) -> Value?
    ) throws(HubError) {
        if has(name) { target = try read(name) }
    }
}
