import ArgumentParser
import Domain

/// `hub user`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, list and change staff accounts.",
        subcommands: [
            UserAddCommand.self, UserListCommand.self, UserPasswordCommand.self, UserDisableCommand.self,
            UserEnableCommand.self,
        ]
    )
}

/// The account a command is about.
struct AccountOption: ParsableArguments {
    @Option(help: "The e-mail address of the account.")
    var email: EmailAddress

    /// Throws `CommandFailure` when there is no such account.
    func user(in users: any UserStore) async throws -> User {
        guard let credentials = try await users.credentials(email: email.text) else {
            throw CommandFailure("There is no account \(email). See: hub user list")
        }
        return credentials.user
    }
}

extension EmailAddress: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}

extension User.Role: ExpressibleByArgument {}
