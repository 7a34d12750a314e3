import Domain

/// A resource, described once: what makes one, what changes one, and what is answered of one.
struct ResourceSchema: Sendable {
    let name: String
    let fields: [Field]

    struct Field: Sendable {
        let name: String
        let schema: Schema
        let use: Use
        let note: String
    }

    enum Use: Sendable {
        /// Must be given when one is made.
        case required
        /// Has a value of its own when it is not given.
        case optional
        /// May be given as null, and is null when it is not given.
        case nullable
        /// As `required`, and cannot be changed.
        case fixed
        /// As `optional`, and cannot be changed.
        case fixedOptional
        /// As `nullable`, and cannot be changed.
        case fixedNullable
        case readOnly
        case readOnlyNullable
    }

    init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// The body that makes one.
    var creation: Schema {
        object(suffix: "Creation") { field in
            switch field.use {
            case .required, .fixed: (field.schema, isRequired: true)
            case .optional, .fixedOptional: (field.schema, isRequired: false)
            case .nullable, .fixedNullable: (.nullable(field.schema), isRequired: false)
            case .readOnly, .readOnlyNullable: nil
            }
        }
    }

    /// The body that changes one: a merge patch (RFC 7396).
    var patch: Schema {
        object(suffix: "Patch") { field in
            switch field.use {
            case .required, .optional: (field.schema, isRequired: false)
            case .nullable: (.nullable(field.schema), isRequired: false)
            case .fixed, .fixedOptional, .fixedNullable, .readOnly, .readOnlyNullable: nil
            }
        }
    }

    /// What is answered: every member is there.
    var document: Schema {
        object(suffix: "") { field in
            switch field.use {
            case .required, .optional, .fixed, .fixedOptional, .readOnly: (field.schema, isRequired: true)
            case .nullable, .fixedNullable, .readOnlyNullable: (.nullable(field.schema), isRequired: true)
            }
        }
    }

    /// One page of them.
    var page: Schema {
        .object(
            ObjectSchema(
                name: "\(name)Page",
                members: [
                    .init(
                        name: "items", schema: .list(document, count: 0...ListParameters.limits.upperBound),
                        isRequired: true, note: ""),
                    .init(
                        name: "next", schema: .nullable(ListParameters.cursor), isRequired: true,
                        note: "The cursor of the next page; null at the end."),
                ]
            ))
    }

    private func object(suffix: String, _ choose: (Field) -> (Schema, isRequired: Bool)?) -> Schema {
        let members = fields.compactMap { field in
            choose(field).map { schema, isRequired in
                ObjectSchema.Member(name: field.name, schema: schema, isRequired: isRequired, note: field.note)
            }
        }
        return .object(ObjectSchema(name: name + suffix, members: members))
    }
}

extension ResourceSchema.Field {
    static func required(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .required, note: note)
    }

    static func optional(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .optional, note: note)
    }

    static func nullable(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .nullable, note: note)
    }

    static func fixed(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .fixed, note: note)
    }

    static func fixedOptional(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .fixedOptional, note: note)
    }

    static func fixedNullable(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .fixedNullable, note: note)
    }

    static func readOnly(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .readOnly, note: note)
    }

    static func readOnlyNullable(_ name: String, _ schema: Schema, _ note: String = "") -> Self {
        Self(name: name, schema: schema, use: .readOnlyNullable, note: note)
    }

    /// Of every resource: its version, and when it was made and changed.
    static let bookkeeping: [Self] = [
        .readOnly("version", .count, "Rises with every change; also in ETag."),
        .readOnly("created_at", .moment),
        .readOnly("updated_at", .moment),
    ]
}
