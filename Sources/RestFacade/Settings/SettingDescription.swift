import Domain
import Foundation

/// Settings of the shop as the API describes and reads them.
enum SettingDescription {
    static let resource = ResourceSchema(
        "Setting",
        [
            .readOnly("key", .text(.key(64))),
            .readOnly("type", .choice(ShopSettingType.names)),
            .required("value", .any, "As its type asks for."),
            .readOnly("default", .any),
            .readOnly("is_default", .boolean),
            .readOnlyNullable("choices", .list(.line(64), count: 0...64), "What a choice may be; else null."),
            .readOnly("description_ar", .line(500)),
            .readOnly("description_en", .line(500)),
            .readOnly("version", .count, "Rises with every change; also in ETag. 0 for one never changed."),
            .readOnlyNullable("updated_at", .moment),
        ]
    )

    /// A patch without a value would change nothing and say so to nobody.
    static let patch = Schema.object(
        ObjectSchema(
            name: "SettingPatch",
            members: [.init(name: "value", schema: .any, isRequired: true, note: "As its type asks for.")]
        ))

    static let list = all("SettingList", of: resource.document)

    static let change = ResourceSchema(
        "SettingChange",
        [
            .readOnly("version", .count, "That it made."),
            .readOnly("at", .moment),
            .readOnly("by", .anyObject, "Who: kind, id, name."),
            .readOnly("before", .any),
            .readOnly("after", .any),
        ]
    ).document

    static let history = all("SettingHistory", of: change)

    static let maxHistory = 100

    private static func all(_ name: String, of item: Schema) -> Schema {
        .object(
            ObjectSchema(
                name: name,
                members: [
                    .init(name: "items", schema: .list(item, count: 0...maxHistory), isRequired: true, note: "")
                ]
            ))
    }

    /// Throws `invalid`.
    static func check(_ value: JSONValue, for setting: ShopSetting) throws(HubError) {
        let problems = setting.type.problems(with: value, at: "/value", isTimeZone: isTimeZone)
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    /// Abbreviations and offsets are time zones to Foundation, but none that keep to the rules of a place.
    static func isTimeZone(_ name: String) -> Bool {
        name == "UTC" || timeZones.contains(name)
    }

    private static let timeZones = Set(TimeZone.knownTimeZoneIdentifiers)
}
