extension TrainingProgram: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "program", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "title_ar": .string(titleAr),
            "title_en": .optional(titleEn),
            "description_ar": .optional(descriptionAr),
            "description_en": .optional(descriptionEn),
            "state": .string(state.rawValue),
            "modules": .array(modules.map(\.json)),
            "minutes": .integer(minutes),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}

extension TrainingModule {
    package var json: JSONValue {
        .object([
            "id": .string(id.text), "title": .string(title), "link": .optional(link), "minutes": .integer(minutes),
        ])
    }

    /// Nil for what `json` did not make.
    package init?(_ json: JSONValue) {
        guard let id = json["id"]?.string.flatMap(TrainingModuleID.init), let title = json["title"]?.string,
            let minutes = json["minutes"]?.integer
        else { return nil }
        self.init(id: id, title: title, link: json["link"]?.string, minutes: minutes)
    }
}

extension TrainingProgress: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "enrolment", id: enrolment.id.text) }

    package var version: Int64 { enrolment.version }

    package var document: [String: JSONValue] {
        var (contact, user): (String?, String?)
        switch enrolment.learner {
        case .contact(let id): contact = id.text
        case .user(let id): user = id.text
        }
        let steps = modules.map { module in
            JSONValue.object([
                "module": .string(module.id.text), "done_at": .optional(enrolment.completions[module.id]),
            ])
        }
        return [
            "id": .string(enrolment.id.text),
            "version": .integer(version),
            "program": .string(enrolment.program.text),
            "contact": .optional(contact),
            "user": .optional(user),
            "modules": .array(steps),
            "percent": .integer(percent),
            "state": .string(state.rawValue),
            "completed_at": .optional(completedAt),
            "created_at": .string(enrolment.createdAt.rfc3339),
            "updated_at": .string(enrolment.changedAt.rfc3339),
        ]
    }
}
