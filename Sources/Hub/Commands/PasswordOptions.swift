import ArgumentParser

/// Where a password comes from: standard input, the keyboard, or chance. Never from the arguments, which others see.
struct PasswordOptions: ParsableArguments {
    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    @Flag(help: "Make a password and print it.")
    var generate = false

    /// A password and whether the person has yet to be told it.
    struct Chosen {
        let password: String
        let isGenerated: Bool
    }

    func validate() throws {
        if passwordStdin && generate {
            throw ValidationError("Give either --password-stdin or --generate.")
        }
    }

    /// Throws `CommandFailure` when there is none or the policy does not accept it.
    func choose() throws -> Chosen {
        if generate {
            var random = SystemRandomNumberGenerator()
            return Chosen(password: PasswordPolicy.generate(using: &random), isGenerated: true)
        }
        let password = passwordStdin ? readLine() : try asked()
        guard let password, !password.isEmpty else { throw CommandFailure("No password was given.") }
        if let problem = PasswordPolicy.problem(of: password) {
            throw CommandFailure("The password \(problem). Accepted: \(PasswordPolicy.accepted).")
        }
        return Chosen(password: password, isGenerated: false)
    }

    private func asked() throws -> String? {
        guard Terminal.isInteractive else {
            throw CommandFailure("There is no terminal to ask for the password: give --password-stdin or --generate.")
        }
        let password = Terminal.readHidden("Password:")
        guard password == Terminal.readHidden("The same again:") else {
            throw CommandFailure("The two passwords differ. Nothing was changed.")
        }
        return password
    }
}
