import Domain
import Testing

@testable import Storage

/// Texts that would hurt if they ever became part of a statement.
@Suite struct HostileTextTests {
    private static let texts = [
        "'; DROP TABLE rooms; --", "\" OR 1=1", "$1 $2 ?1 :a @b", "{\"a\",NULL}", "\\", "%_", "\u{202E}معكوس\u{202C}",
        "a\u{0301}\u{0327}", "\u{FFFD}\u{FFFF}", "\u{1}\u{7F}\r\n\t", "NULL", "𐀀👩‍👩‍👧‍👦", "ﷺ", " ",
    ]

    @Test(arguments: Engine.allCases)
    func bodiesAndNamesReadBackByteForByte(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeRoom(.channel, fixture).id
            for (index, text) in Self.texts.enumerated() {
                let author = Participant(kind: .staff, id: text, name: text)
                let result = try await stores.append(room, Samples.text(text, by: author, mid: "m\(index)"))
                #expect(result.outcomes.map(\.code) == [nil])
                let event = try #require(try await stores.log(of: room).last)
                #expect(Array(event.author.name.utf8) == Array(text.utf8))
                #expect(event.content == .message(.text(text), replyTo: nil))
                #expect(try await stores.rooms.markRead(room, by: author, upTo: 1).marker == 1)
                _ = try await stores.rooms.search(text, scope: .room(room), limit: 5)
                _ = try await stores.users.credentials(email: text)
                #expect(try await stores.conversations.visitor(tokenHash: text) == nil)
            }
            #expect(try await stores.log(of: room).count == Self.texts.count)
        }
    }

    /// PostgreSQL cannot store U+0000: it is refused everywhere, and disturbs nobody else in the same commit.
    @Test(arguments: Engine.allCases)
    func aNULIsRefused(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let text = "قبل\u{0}بعد"
            let file = FileReference(
                attachment: .unguessable(), name: text, type: "text/plain", size: 1, url: "/x", width: nil, height: nil,
                caption: nil
            )
            let params = JSONValue.object(["a": .array([.string(text)])])
            let contents: [EventContent] = [
                .message(.text(text), replyTo: nil), .message(.file(file), replyTo: nil),
                .message(.template(name: "n", language: "ar", params: params), replyTo: nil),
                .membership(.added, who: Participant(kind: .staff, id: "u", name: text)),
                .message(.text("سليم"), replyTo: nil), .reaction(target: 1, emoji: text, on: true),
                .edit(target: 1, body: .text(text)),
            ]
            let drafts = contents.enumerated().map { index, content in
                Samples.draft(content, by: visitor.participant, mid: "m\(index)")
            }
            let result = try await stores.rooms.append([AppendRequest(room: visitor.room, drafts: drafts)])[0]
            let bad = HubError.Code.badRequest
            #expect(result.outcomes.map(\.code) == [bad, bad, bad, bad, nil, bad, bad])
            #expect(try await stores.log(of: visitor.room).map(\.mid.text) == ["m4"])
            #expect(try await code { _ = try await stores.makeVisitor(fixture, name: text) } == .badRequest)
            #expect(try await code { _ = try await stores.conversations.visitor(tokenHash: text) } == .badRequest)
            let profile = try VisitorProfile(page: text)
            let update = try await code {
                _ = try await stores.conversations.update(
                    visitor.id, profile: profile, verifiedUserID: nil, at: fixture.clock.now
                )
            }
            #expect(update == .badRequest)
            try await stores.health.check()
        }
    }
}
