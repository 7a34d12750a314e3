/// The stages that deals of one kind go through, in order.
package struct Pipeline: Versioned, Sendable, Equatable {
    package struct Stage: Sendable, Equatable {
        package let id: StageID
        package let nameAr: String
        package let nameEn: String?

        package init(id: StageID, nameAr: String, nameEn: String?) {
            self.id = id
            self.nameAr = nameAr
            self.nameEn = nameEn
        }
    }

    package let id: PipelineID
    /// Rises with every change.
    package var version: Int64
    package var nameAr: String
    package var nameEn: String?
    /// Takes no new deals.
    package var isArchived: Bool
    /// At least one.
    package var stages: [Stage]
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A pipeline without stages, to be filled in.
    package init(id: PipelineID, at moment: Timestamp) {
        self.id = id
        version = 1
        nameAr = ""
        isArchived = false
        stages = []
        createdAt = moment
        changedAt = moment
    }

    package func has(_ stage: StageID) -> Bool {
        stages.contains { $0.id == stage }
    }

    /// Throws `invalid` for stages that are none or twice the same.
    package func check() throws(HubError) {
        guard !stages.isEmpty else {
            throw .invalid([FieldProblem("/stages", "count", "a pipeline needs a stage")])
        }
        guard Set(stages.map(\.id)).count == stages.count else {
            throw .invalid([FieldProblem("/stages", "conflict", "names a stage twice")])
        }
    }

    /// Puts new stages in place of the old ones. Those that are named by id are kept; throws `invalid` for an id
    /// that is none of this pipeline's.
    package mutating func setStages(
        _ new: [(id: StageID?, nameAr: String, nameEn: String?)],
        at moment: Timestamp
    ) throws(HubError) {
        var problems: [FieldProblem] = []
        for (index, stage) in new.enumerated() {
            if let id = stage.id, !has(id) {
                problems.append(FieldProblem("/stages/\(index)/id", "conflict", "is no stage of this pipeline"))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        stages = new.map { Stage(id: $0.id ?? .make(at: moment), nameAr: $0.nameAr, nameEn: $0.nameEn) }
    }
}

extension Pipeline: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "pipeline", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "name_ar": .string(nameAr),
            "name_en": .optional(nameEn),
            "archived": .bool(isArchived),
            "stages": .array(stages.map(\.json)),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

extension Pipeline.Stage {
    package var json: JSONValue {
        .object(["id": .string(id.text), "name_ar": .string(nameAr), "name_en": .optional(nameEn)])
    }

    /// Reads what `json` gave.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.string.flatMap(StageID.init), let nameAr = json["name_ar"]?.string else {
            return nil
        }
        self.init(id: id, nameAr: nameAr, nameEn: json["name_en"]?.string)
    }
}

package enum PipelineSort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(PipelineSort.createdAt)
}
