import Actors
import Domain
import Storage
import Testing

@testable import Integrations

extension RestHub {
    /// A member of staff with an account; the password is `RestHub.password`.
    func addStaff(_ name: String, role: User.Role = .agent) async throws -> User {
        let id = UserID.make(at: clock.now)
        let user = User(
            id: id,
            email: "\(id.text.lowercased())@shop.example",
            name: name,
            role: role,
            isDisabled: false,
            createdAt: clock.now
        )
        try await stores.users.add(user, passwordHash: try await hasher.hash(Self.password))
        return user
    }

    /// A member of staff who is signed in.
    func signedIn(_ name: String, role: User.Role = .agent) async throws -> (user: User, token: String) {
        let user = try await addStaff(name, role: role)
        return (user, try await signIn(user.email).text("access_token"))
    }

    /// Signs in; the tokens as they were answered.
    func signIn(
        _ email: String,
        password: String = Self.password,
        headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        try await client.post(
            "/api/v1/auth/login",
            ["email": .string(email), "password": .string(password)],
            headers: headers
        )
    }

    /// A visitor with a conversation.
    func visitor(_ name: String) async throws -> (visitor: Visitor, token: String) {
        let pass = try await gatekeeper.welcome(profile: VisitorProfile(name: name), identity: nil)
        return (pass.visitor, pass.token)
    }

    /// Writes as others do by their sockets.
    @discardableResult
    func say(_ text: String, _ author: Participant, in room: RoomID) async throws -> SequenceNumber {
        let draft = Draft(author: author, mid: .fresh(), content: .message(.text(text), replyTo: nil))
        return try await rooms.append(draft, to: room).seq
    }

    func makeGroup(_ token: String, title: String = "فريق", members: [User] = []) async throws -> RoomID {
        let answer = try await client.post(
            "/api/v1/rooms",
            [
                "kind": .string("group"), "title": .string(title),
                "members": .array(members.map { .string($0.id.text) }),
            ],
            token: token
        )
        return try #require(RoomID(try answer.text("id")))
    }
}

/// The real hasher with a small cost, counting how often a password is looked at.
actor CountingHasher: PasswordHasher {
    private let hasher = ScryptPasswordHasher(cost: .init(logN: 4, blockSize: 1, parallelism: 1), maxWaiting: 1000)
    private(set) var verifications = 0

    func hash(_ password: String) async throws -> String {
        try await hasher.hash(password)
    }

    func verify(_ password: String, against hash: String?) async throws -> Bool {
        verifications += 1
        return try await hasher.verify(password, against: hash)
    }
}
