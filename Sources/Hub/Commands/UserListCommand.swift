import ArgumentParser
import Domain
import Storage

/// `hub user list`
struct UserListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the accounts: e-mail, role, state and name, with tabs between."
    )

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { _, stores in
                for user in try await stores.users.users() {
                    let state = user.isDisabled ? "disabled" : "enabled"
                    Console.writeLine([user.email, user.role.rawValue, state, user.name].joined(separator: "\t"))
                }
            }
        }
    }
}
