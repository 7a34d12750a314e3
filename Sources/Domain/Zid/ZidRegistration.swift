/// What Zid is to tell, and where. It never prints its secrets.
package struct ZidRegistration: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let event: String
    package let target: String
    package let number: Int64
    package let user: String
    package let password: String

    package init(event: String, target: String, number: Int64, user: String, password: String) {
        self.event = event
        self.target = target
        self.number = number
        self.user = user
        self.password = password
    }

    /// Who tells apart what is registered by whom.
    package static let subscriber = "TwoCards Hub"

    package var json: JSONValue {
        [
            "event": .string(event), "target_url": .string(target), "original_id": .integer(number),
            "subscriber": .string(Self.subscriber), "username": .string(user), "password": .string(password),
        ]
    }

    package var description: String { "the registration of \(event)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
