package import Domain

/// Reads typed members of one JSON object of a client; every failure names the member and says what is accepted.
package struct ObjectReader {
    package let members: [String: JSONValue]

    package init(members: [String: JSONValue]) {
        self.members = members
    }

    /// The member's value; nil when absent or null.
    package func optional(_ name: String) -> JSONValue? {
        guard let value = members[name], !value.isNull else { return nil }
        return value
    }

    package func string(_ name: String) throws(HubError) -> String {
        guard let text = try optionalString(name) else { throw .badRequest("\(name) is missing: a string is needed") }
        return text
    }

    package func optionalString(_ name: String) throws(HubError) -> String? {
        guard let value = optional(name) else { return nil }
        guard let text = value.string else { throw .badRequest("\(name) must be a string") }
        return text
    }

    package func bool(_ name: String) throws(HubError) -> Bool {
        guard let bool = optional(name)?.bool else { throw .badRequest("\(name) must be true or false") }
        return bool
    }

    package func bool(_ name: String, default fallback: Bool) throws(HubError) -> Bool {
        guard let value = optional(name) else { return fallback }
        guard let bool = value.bool else { throw .badRequest("\(name) must be true or false") }
        return bool
    }

    package func room(_ name: String = "room") throws(HubError) -> RoomID {
        guard let room = RoomID(try string(name)) else { throw .badRequest("\(name) is no room id") }
        return room
    }

    package func mid() throws(HubError) -> MID {
        guard let mid = MID(try string("mid")) else {
            throw .badRequest("mid must be 1 to \(MID.maxLength) characters of A-Z a-z 0-9 . _ : -")
        }
        return mid
    }

    /// A number of the log; `0` only where the place before the first makes sense.
    package func sequence(_ name: String, allowingZero: Bool = false) throws(HubError) -> SequenceNumber {
        guard let seq = try optionalSequence(name, allowingZero: allowingZero) else {
            throw .badRequest("\(name) is missing: a sequence number is needed")
        }
        return seq
    }

    package func optionalSequence(_ name: String, allowingZero: Bool = false) throws(HubError) -> SequenceNumber? {
        guard let value = optional(name) else { return nil }
        guard let number = value.integer, number >= (allowingZero ? 0 : 1) else {
            throw .badRequest("\(name) must be a sequence number")
        }
        return SequenceNumber(number)
    }

    package func limit(in range: ClosedRange<Int>, default fallback: Int) throws(HubError) -> Int {
        guard let value = optional("limit") else { return fallback }
        guard let number = value.integer, let limit = Int(exactly: number), range.contains(limit) else {
            throw .badRequest("limit must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return limit
    }

    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String,
        as type: Choice.Type = Choice.self
    ) throws(HubError) -> Choice where Choice.RawValue == String {
        let text = try string(name)
        guard let choice = Choice(rawValue: text) else {
            let accepted = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("\(name) must be one of: \(accepted)")
        }
        return choice
    }

    package func object(_ name: String) throws(HubError) -> ObjectReader? {
        guard let value = optional(name) else { return nil }
        guard let members = value.object else { throw .badRequest("\(name) must be an object") }
        return ObjectReader(members: members)
    }

    package func time(_ name: String) throws(HubError) -> Timestamp? {
        guard let text = try optionalString(name) else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw .badRequest("\(name) must be a time like 2026-11-21T08:00:00.000Z")
        }
        return moment
    }
}
