/// A setting as it is now.
package struct ShopSettingState: Sendable, Equatable {
    package let setting: ShopSetting
    /// Nil for the default.
    package var chosen: JSONValue?
    /// 0 until somebody changes it for the first time, then rising, also when it goes back to the default.
    package var version: Int64
    package var changedAt: Timestamp?

    /// One that nobody has ever changed.
    package init(_ setting: ShopSetting) {
        self.setting = setting
        version = 0
    }

    package var value: JSONValue { chosen ?? setting.standard }
}

extension ShopSettingState: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "setting", id: setting.key) }

    package var document: [String: JSONValue] {
        var choices = JSONValue.null
        if case .choice(let accepted) = setting.type { choices = .array(accepted.map(JSONValue.string)) }
        return [
            "key": .string(setting.key),
            "type": .string(setting.type.name),
            "value": value,
            "default": setting.standard,
            "is_default": .bool(chosen == nil),
            "choices": choices,
            "description_ar": .string(setting.descriptionAr),
            "description_en": .string(setting.descriptionEn),
            "version": .integer(version),
            "updated_at": .optional(changedAt),
        ]
    }
}
