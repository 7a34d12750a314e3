import ArgumentParser
import Domain
import Storage

/// `hub audit`
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look after the log of who did what.",
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that no row of the audit log was altered, removed or put in.",
            discussion: """
                Prints the last row's number and hash. Keep them elsewhere and give them back with --noted later: \
                whoever owns the database could make a new chain, but not one that leads to the same hash. The exit \
                status is 1 when the log is broken. Hubs may go on serving meanwhile.
                """
        )

        @Option(help: "The first row to check; those before it are believed.")
        var from: Int64 = 1

        @Option(help: "A row's NUMBER:HASH as this command once printed it.")
        var noted: AuditMark?

        func validate() throws {
            guard from >= 1 else { throw ValidationError("--from is the number of a row: 1 or more") }
            guard noted.map({ $0.seq >= from }) ?? true else {
                throw ValidationError("--noted is before --from, so it would not be checked")
            }
        }

        func run() async throws {
            try await reportingFailures {
                try await StoreAccess.withStores { _, stores in
                    switch try await stores.archive.verify(from: from, noted: noted) {
                    case .whole(let last, let rows):
                        Console.writeLine("The audit log is whole: \(rows) rows, the last is \(last.text)")
                    case .broken(let found):
                        throw CommandFailure("The audit log is broken: \(found.words)")
                    }
                }
            }
        }
    }
}

extension AuditMark: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}

extension AuditBreak {
    /// What it means to whoever looks after the hub.
    fileprivate var words: String {
        switch self {
        case .altered(let seq): "row \(seq) is not as it was written."
        case .missing(let seqs) where seqs.count == 1: "row \(seqs.lowerBound) is missing."
        case .missing(let seqs): "rows \(seqs.lowerBound) to \(seqs.upperBound) are missing."
        case .inserted(let seq): "row \(seq) was not written by a hub."
        case .otherEnd(let seq): "the end kept in audit_head does not fit row \(seq)."
        case .rewritten(let seq): "row \(seq) has another hash than the one noted: the log was written anew."
        }
    }
}
