/// Someone in a room, as others see them.
package struct Participant: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case visitor, staff, contact, assistant, system

        /// Whether this is the side that the shop serves.
        package var isCustomer: Bool {
            switch self {
            case .visitor, .contact: true
            case .staff, .assistant, .system: false
            }
        }
    }

    package let kind: Kind
    package let id: String
    package let name: String

    package init(kind: Kind, id: String, name: String) {
        self.kind = kind
        self.id = id
        self.name = name
    }

    package static let hub = Participant(kind: .system, id: "hub", name: "Hub")

    package static let assistant = Participant(kind: .assistant, id: "assistant", name: "المساعد")

    /// Names change, people stay.
    package func isSamePerson(as other: Participant) -> Bool {
        kind == other.kind && id == other.id
    }
}
