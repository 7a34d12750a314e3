/// How much of SQLite is used at once, and how long is waited.
package struct SQLiteLimits: Sendable, Equatable {
    /// Connections for reading; each costs a thread while it reads.
    package var readers = 4
    /// How long a write waits for another process before it is `unavailable`.
    package var busyTimeout = Duration.seconds(5)
    /// Connections for searching; each costs a thread while it searches.
    package var searchers = 2
    /// How long after a commit its messages are indexed, unless a search comes first: the longer, the more of them
    /// are indexed at once, and the more a search may have to do.
    package var indexDelay = Duration.seconds(2)
    /// Events indexed in one transaction.
    package var indexPage = 1000
    /// How long a search waits for the index; then it is `busy`. Only a new index of a large log takes so long.
    package var searchPatience = Duration.seconds(5)

    package init() {}
}

/// How much of PostgreSQL is used at once, and how long is waited.
package struct PostgresLimits: Sendable, Equatable {
    /// Connections for reading; each costs a thread here and a process there.
    package var readers = 4
    /// Connections for writing: one commits while others prepare.
    package var writers = 3
    /// How long a statement may run, at the server and over the network, before its connection is given up.
    package var statementTimeout = Duration.seconds(5)
    /// The same for changes of the schema.
    package var migrationTimeout = Duration.seconds(600)
    /// How long opening a connection may take.
    package var connectTimeout = Duration.seconds(5)
    /// How long an access waits for a free connection; then it is `busy`.
    package var leaseTimeout = Duration.seconds(2)
    /// How many accesses may wait for a connection; more are `busy` at once.
    package var maxWaiting = 1024
    /// Pause after the first failure to connect; doubled by each further one, with jitter.
    package var minBackoff = Duration.milliseconds(100)
    /// The longest pause between two attempts to connect.
    package var maxBackoff = Duration.seconds(5)
    /// How long after a commit its texts are moved under the index for search: the longer, the more at once, and
    /// the more a search reads without an index.
    package var indexDelay = Duration.seconds(2)
    /// Texts moved in one transaction.
    package var indexPage = 1000
    /// Plans are made once for all values, and not anew for those at hand: for statements with one good plan.
    var keepsPlans = false
    /// How often a transaction is run again after a deadlock or a serialization failure.
    package var maxConflictRetries = 4

    package init() {}
}
