import Domain

/// The shape of a JSON value: what is accepted of clients, and what OpenAPI says of it, in one place.
indirect enum Schema: Sendable {
    case text(TextRule)
    /// A string that is looked at only by what reads it.
    case anyText
    case integer(ClosedRange<Int64>)
    case boolean
    case choice([String])
    case list(Schema, count: ClosedRange<Int>)
    case object(ObjectSchema)
    /// An object whose members are all alike, and named by who sends it in at most `maxNameLength` characters.
    case map(Schema, count: ClosedRange<Int>)
    /// An object whose members we do not know beforehand.
    case anyObject
    /// Any value, also null: what it may be is decided elsewhere.
    case any
    case nullable(Schema)

    static func line(_ length: ClosedRange<Int>) -> Schema { .text(TextRule(.line, length)) }

    static func line(_ maxLength: Int) -> Schema { .line(1...maxLength) }

    static func prose(_ maxLength: Int) -> Schema { .text(TextRule(.prose, 0...maxLength)) }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> Schema {
        .choice(Choice.allCases.map(\.rawValue))
    }

    static func id<Kind: IDKind>(_ type: ID<Kind>.Type) -> Schema { .text(.id(prefix: Kind.prefix)) }

    static let maxNameLength = 64

    static let moment = Schema.text(.moment)

    /// What both databases and all clients can count with exactly.
    static let anyInteger = Schema.integer(-maxExactInteger...maxExactInteger)

    static let count = Schema.integer(0...maxExactInteger)

    /// 2⁵³ − 1: beyond it JavaScript rounds.
    static let maxExactInteger: Int64 = 9_007_199_254_740_991
}

/// The members of an object.
struct ObjectSchema: Sendable {
    /// Under which OpenAPI lists it once for all; nil writes it out where it is used.
    let name: String?
    let members: [Member]
    /// Whether more members than these are passed over; else they are refused.
    var isOpen = false

    struct Member: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
        let note: String

        static func required(_ name: String, _ schema: Schema, _ note: String = "") -> Member {
            Member(name: name, schema: schema, isRequired: true, note: note)
        }

        static func optional(_ name: String, _ schema: Schema, _ note: String = "") -> Member {
            Member(name: name, schema: schema, isRequired: false, note: note)
        }
    }

    func schema(of name: String) -> Schema? {
        members.first { $0.name == name }?.schema
    }
}
