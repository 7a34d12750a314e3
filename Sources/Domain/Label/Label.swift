/// A word in a colour that sorts conversations.
package struct Label: Versioned, Sendable, Equatable {
    package let id: LabelID
    /// Rises with every change.
    package var version: Int64
    /// Unique, whatever its spelling.
    package var nameAr: String
    package var nameEn: String?
    /// `#RRGGBB`.
    package var color: String
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// As many as one conversation carries.
    package static let maxPerConversation = 20

    package init(id: LabelID, at moment: Timestamp) {
        self.id = id
        version = 1
        nameAr = ""
        color = "#6B7280"
        createdAt = moment
        changedAt = moment
    }

    package var mark: LabelMark { LabelMark(id: id, nameAr: nameAr, nameEn: nameEn, color: color) }

    package var searchText: String { [nameAr, nameEn].compactMap(\.self).joined(separator: " ") }
}

extension Label: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "label", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "name_ar": .string(nameAr),
            "name_en": .optional(nameEn),
            "color": .string(color),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

package enum LabelIDKind: IDKind { package static let letter = UInt8(ascii: "z") }

package typealias LabelID = ID<LabelIDKind>
