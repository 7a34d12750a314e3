import ArgumentParser
import Domain

/// What a person did wrong at the command line, in one line that says what to do.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Runs a command's work and turns its errors into one line on standard error and an exit status.
///
/// 78 (`EX_CONFIG`) for the configuration, 69 (`EX_UNAVAILABLE`) when the database or the
/// keeper of the keys is away, 1 for all else.
func reportingFailures(_ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let error as ConfigurationError {
        Console.writeError(error.description)
        throw ExitCode(ConfigurationError.exitStatus)
    } catch let error as HubError {
        Console.writeError("hub: \(error.adviceForOperators)")
        throw ExitCode(error.code == .unavailable ? 69 : 1)
    } catch let error as CommandFailure {
        Console.writeError("hub: \(error.description)")
        throw ExitCode(1)
    }
}

extension HubError {
    /// Messages are written for clients; whoever runs the hub looks after the database.
    var adviceForOperators: String {
        code == .unavailable && !isOfKeeper
            ? "The database does not answer. Check DATABASE_URL, and that the database is up." : message
    }
}
