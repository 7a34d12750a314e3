import ArgumentParser
import Domain
import Storage

/// `hub user disable`
struct UserDisableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Shut an account out: its sessions and sockets end at once."
    )

    @OptionGroup var account: AccountOption

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { _, stores in
                let user = try await account.user(in: stores.users)
                try await stores.users.setDisabled(true, of: user.id, at: .present)
                Console.writeLine("\(user.email) is disabled.")
                let others = try await stores.users.users().filter { $0.role == .admin && !$0.isDisabled }
                if others.isEmpty {
                    Console.writeError("hub: No administrator is left. Make one with: hub user add --role admin")
                }
            }
        }
    }
}
