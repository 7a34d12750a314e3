/// A canned reply as the shop keeps it: for everybody, or for one team.
package struct CannedReplyEntry: Versioned, Sendable, Equatable {
    package let id: CannedReplyID
    /// Rises with every change.
    package var version: Int64
    /// Whose it is; nil for everybody's.
    package var team: TeamID?
    package var reply: CannedReply
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(id: CannedReplyID, team: TeamID?, reply: CannedReply, at moment: Timestamp) {
        self.id = id
        version = 1
        self.team = team
        self.reply = reply
        createdAt = moment
        changedAt = moment
    }

    package var searchText: String {
        [reply.shortcut, reply.arabic?.source, reply.english?.source].compactMap(\.self).joined(separator: " ")
    }
}

extension CannedReplyEntry: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "canned_reply", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "team": .optional(team?.text),
            "shortcut": .string(reply.shortcut),
            "text_ar": .optional(reply.arabic?.source),
            "text_en": .optional(reply.english?.source),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

package enum CannedReplyIDKind: IDKind { package static let letter = UInt8(ascii: "a") }

package typealias CannedReplyID = ID<CannedReplyIDKind>
