/// A text of staff that calls colleagues by name.
///
/// The names stand in the text as people read it (`@سارة`); `people` says who is meant.
package struct MentioningText: Sendable, Equatable {
    package struct Person: Sendable, Equatable {
        package let user: UserID
        /// As it was when they were mentioned. The log writes it; a draft has none.
        package let name: String

        package init(user: UserID, name: String = "") {
            self.user = user
            self.name = name
        }
    }

    /// More are a crowd, which a channel is for.
    package static let maxPeople = 50

    package let text: String
    /// In the order in which they were given; each once, and at least one.
    package let people: [Person]

    /// Nil without people: then it is a plain text.
    package init?(_ text: String, _ people: [Person]) {
        guard !people.isEmpty else { return nil }
        self.text = text
        self.people = people
    }

    /// As a client sends it, each person once. Throws `bad_request` for more than `maxPeople`.
    package static func body(_ text: MessageBody, mentioning users: [UserID]) throws(HubError) -> MessageBody {
        guard users.count <= maxPeople else {
            throw .badRequest("body.mentions names more than \(maxPeople) people: write to all of them in a channel")
        }
        var people: [Person] = []
        for user in users where !people.contains(where: { $0.user == user }) { people.append(Person(user: user)) }
        return MentioningText(text.plainText, people).map(MessageBody.mentioning) ?? text
    }

    /// Whether both say the same of the same people: names change, people stay.
    func isSame(as other: MentioningText) -> Bool {
        text == other.text && Set(people.map(\.user)) == Set(other.people.map(\.user))
    }

    package var json: JSONValue {
        let people = people.map { JSONValue.object(["id": .string($0.user.text), "name": .string($0.name)]) }
        return ["text": .string(text), "mentions": .array(people)]
    }

    package init?(json: JSONValue) {
        guard let text = json["text"]?.string, let values = json["mentions"]?.array else { return nil }
        let people = values.compactMap { value -> Person? in
            guard let user = value["id"]?.string.flatMap(UserID.init), let name = value["name"]?.string else {
                return nil
            }
            return Person(user: user, name: name)
        }
        guard people.count == values.count else { return nil }
        self.init(text, people)
    }
}
