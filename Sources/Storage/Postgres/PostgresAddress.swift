import CPostgres
import Domain

/// Where a PostgreSQL is and how to log in: a secret, which only libpq reads.
struct PostgresAddress: Sendable {
    private let url: String

    /// Throws `bad_request` when libpq cannot read the URL; the error does not quote it.
    init(url: String) throws(HubError) {
        guard url.isStorable, ["postgres://", "postgresql://"].contains(where: url.hasPrefix),
            let options = PQconninfoParse(url, nil)
        else {
            throw .badRequest("the database URL is not of the form postgres://user:password@host:port/database")
        }
        PQconninfoFree(options)
        self.url = url
    }

    /// Keywords and values for `PQconnectStartParams`; what the URL says wins over what stands before it.
    func parameters(_ limits: PostgresLimits) -> [(keyword: String, value: String)] {
        let patience = limits.statementTimeout.milliseconds
        return [
            ("fallback_application_name", "twocards-hub"),
            ("keepalives_idle", "30"),
            ("tcp_user_timeout", String(patience)),
            ("dbname", url),
            ("client_encoding", "UTF8"),
        ]
    }
}

extension PostgresAddress: CustomStringConvertible, CustomDebugStringConvertible {
    var description: String { "PostgreSQL" }
    var debugDescription: String { description }
}
