/// Which of the two databases is spoken to.
package enum SQLDialect: String, Sendable, CaseIterable {
    case sqlite, postgres
}
