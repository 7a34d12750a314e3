/// How the shop has connected an outside service. There is one for each service at most.
package struct IntegrationConfig: Sendable, Equatable, Versioned {
    /// A secret as it is kept.
    package struct KeptSecret: Sendable, Equatable {
        package let sealed: SealedSecret
        package let changedAt: Timestamp

        package init(sealed: SealedSecret, changedAt: Timestamp) {
            self.sealed = sealed
            self.changedAt = changedAt
        }
    }

    package static let table = "integration_secrets"

    package let id: IntegrationID
    package let type: IntegrationType
    /// Whether it is used; what is turned off keeps its values.
    package var isEnabled = true
    package var values: [String: String] = [:]
    package var secrets: [String: KeptSecret] = [:]
    package let createdAt: Timestamp
    package var changedAt: Timestamp
    /// 0 while nothing is stored.
    package var version: Int64 = 0

    package init(id: IntegrationID, type: IntegrationType, at moment: Timestamp) {
        self.id = id
        self.type = type
        createdAt = moment
        changedAt = moment
    }

    /// Where the secret of a field is sealed.
    package func place(of field: String) -> SecretPlace {
        SecretPlace(table: Self.table, record: id.text, field: field)
    }
}

extension IntegrationConfig: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "integration", id: type.rawValue) }

    /// Secrets are told by when they were set, and by nothing else.
    package var document: [String: JSONValue] {
        [
            "enabled": .bool(isEnabled),
            "values": .object(values.mapValues(JSONValue.string)),
            "secrets": .object(secrets.mapValues { .string("set \($0.changedAt.rfc3339)") }),
            "version": .integer(version),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
