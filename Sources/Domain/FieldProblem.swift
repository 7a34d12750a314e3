/// What is wrong with one member of a document.
package struct FieldProblem: Sendable, Equatable {
    /// A JSON Pointer (RFC 6901) into the body, or the name of a parameter.
    package let field: String
    /// Stable, for programs: `required`, `unknown`, `type`, `too_long`, `format`, … are what a schema can say. What
    /// depends on other members or on what is stored is `conflict`; what has its form and means nothing, such as the
    /// number of no phone, is `mismatch`.
    package let code: String
    /// For people.
    package let detail: String

    package init(_ field: String, _ code: String, _ detail: String) {
        self.field = field
        self.code = code
        self.detail = detail
    }
}
