import ArgumentParser
import Domain
import Integrations
import Storage

/// `hub user password`
struct UserPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set an account's password and end its sessions."
    )

    @OptionGroup var account: AccountOption
    @OptionGroup var passwordOptions: PasswordOptions

    func run() async throws {
        try await reportingFailures {
            try await StoreAccess.withStores { configuration, stores in
                let user = try await account.user(in: stores.users)
                let chosen = try passwordOptions.choose()
                let hash = try await ScryptPasswordHasher(cost: configuration.limits.passwordCost).hash(chosen.password)
                try await stores.users.setPassword(hash, of: user.id, at: .present)
                Console.writeLine("The password of \(user.email) is set; its sessions end.")
                if chosen.isGenerated { Console.writeLine("Password: \(chosen.password)") }
            }
        }
    }
}
