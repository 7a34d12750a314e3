import ArgumentParser
import Domain
import Storage

/// `hub user enable`
struct UserEnableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Let a disabled account sign in again."
    )

    @OptionGroup var account: AccountOption

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { _, stores in
                let user = try await account.user(in: stores.users)
                try await stores.users.setDisabled(false, of: user.id, at: .present)
                Console.writeLine("\(user.email) is enabled.")
            }
        }
    }
}
