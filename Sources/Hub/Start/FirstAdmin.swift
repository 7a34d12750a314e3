import Domain
import Integrations

/// The administrator that a hub without any user gets.
struct FirstAdmin {
    enum Outcome: Sendable, Equatable {
        /// There are users: nothing was done.
        case notNeeded
        /// `generatedPassword` is to be shown once; nil when the operator chose the password.
        case made(email: String, generatedPassword: String?)
    }

    static let standardEmail = "admin@localhost"
    static let name = "Admin"

    let users: any UserStore
    let hasher: any PasswordHasher
    let now: @Sendable () -> Timestamp

    /// Of several hubs that start on one new database, one makes the administrator.
    func ensure(email: EmailAddress?, password: SecretText?) async throws -> Outcome {
        guard try await !users.hasUsers() else { return .notNeeded }
        var random = SystemRandomNumberGenerator()
        let generated = password == nil ? PasswordPolicy.generate(using: &random) : nil
        let moment = now()
        let user = User(
            id: .make(at: moment),
            email: email?.text ?? Self.standardEmail,
            name: Self.name,
            role: .admin,
            isDisabled: false,
            createdAt: moment
        )
        let hash = try await hasher.hash(password?.reveal() ?? generated ?? "")
        do {
            try await users.add(user, passwordHash: hash)
        } catch let error as HubError where error.code == .badRequest {
            // The e-mail is taken: another hub was faster.
            return .notNeeded
        }
        return .made(email: user.email, generatedPassword: generated)
    }
}
