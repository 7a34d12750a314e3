import ArgumentParser
import Domain
import Integrations
import Storage

/// `hub user add`
struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add an account.")

    private static let maxNameLength = 100

    @Option(help: "The e-mail address to sign in with.")
    var email: EmailAddress

    @Option(help: "The name that customers and colleagues see.")
    var name: String

    @Option(help: "What the account may do: admin, supervisor or agent.")
    var role = User.Role.agent

    @OptionGroup var passwordOptions: PasswordOptions

    func validate() throws {
        if name.allSatisfy(\.isWhitespace) { throw ValidationError("--name is empty.") }
        if name.count > Self.maxNameLength || name.unicodeScalars.contains(where: { $0.value < 0x20 }) {
            throw ValidationError(
                "--name is longer than \(Self.maxNameLength) characters or holds a control character.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let chosen = try passwordOptions.choose()
            try await StoreAccess.withStores { configuration, stores in
                let now = Timestamp.present
                let user = User(
                    id: .make(at: now),
                    email: email.text,
                    name: name,
                    role: role,
                    isDisabled: false,
                    createdAt: now
                )
                let hash = try await ScryptPasswordHasher(cost: configuration.limits.passwordCost).hash(chosen.password)
                try await stores.users.add(user, passwordHash: hash)
                Console.writeLine("Added \(user.email) (\(user.role.rawValue)).")
                if chosen.isGenerated { Console.writeLine("Password: \(chosen.password)") }
            }
        }
    }
}
