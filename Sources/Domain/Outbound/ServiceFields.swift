/// The fields of a service's configuration, as a page or a table gives them; an empty one is not there.
package struct ServiceFields: Sendable, Equatable {
    private let values: [String: String]

    package init(_ values: [String: String]) {
        self.values = values.mapValues(Self.trimmed).filter { !$0.value.isEmpty }
    }

    package subscript(_ name: String) -> String? { values[name] }

    /// Throws which of them are missing.
    package func require(_ names: String...) throws(ServiceFieldsProblem) {
        let missing = names.filter { values[$0] == nil }
        guard missing.isEmpty else { throw ServiceFieldsProblem(.notConfigured(missing.joined(separator: ", "))) }
    }

    /// A field that was required and that `fits`; throws that it does not.
    package func word(_ name: String, where fits: (String) -> Bool = { _ in true }) throws(ServiceFieldsProblem)
        -> String
    {
        guard let value = values[name] else { throw ServiceFieldsProblem(.notConfigured(name)) }
        // It travels in a line of its own, where anything else would break the line.
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), fits(value) else {
            throw ServiceFieldsProblem(.unfit(name))
        }
        return value
    }

    /// As `word`, with what holds when the field is empty.
    package func word(
        _ name: String,
        or standard: String,
        where fits: (String) -> Bool = { _ in true }
    ) throws(ServiceFieldsProblem) -> String {
        values[name] == nil ? standard : try word(name, where: fits)
    }

    /// An address, with what holds when the field is empty.
    package func url(_ name: String, or standard: String?) throws(ServiceFieldsProblem) -> OutboundURL {
        guard let text = values[name] ?? standard else { throw ServiceFieldsProblem(.notConfigured(name)) }
        guard let url = OutboundURL(text) else { throw ServiceFieldsProblem(.unfit(name)) }
        return url
    }

    /// People copy keys with what stands around them.
    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// Why a configuration is none that could be tried.
package struct ServiceFieldsProblem: Error, Equatable {
    package let finding: StatusFinding

    init(_ finding: StatusFinding) { self.finding = finding }
}

extension StatusFinding {
    /// A field holds what cannot be right; the value is not shown.
    package static func unfit(_ name: String) -> StatusFinding {
        StatusFinding(
            .badConfig,
            StatusMessage(
                ar: "القيمة في \(name) غير صحيحة: انسخها من جديد كما تعطيها الخدمة",
                en: "The value of \(name) cannot be right: copy it again as the service gives it."))
    }
}
