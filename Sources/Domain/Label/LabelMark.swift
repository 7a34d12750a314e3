/// A label as a conversation carries it: what is needed to show it.
package struct LabelMark: Sendable, Hashable {
    package let id: LabelID
    package let nameAr: String
    package let nameEn: String?
    /// `#RRGGBB`.
    package let color: String

    package init(id: LabelID, nameAr: String, nameEn: String?, color: String) {
        self.id = id
        self.nameAr = nameAr
        self.nameEn = nameEn
        self.color = color
    }

    package var json: JSONValue {
        .object([
            "id": .string(id.text), "name_ar": .string(nameAr), "name_en": .optional(nameEn),
            "color": .string(color),
        ])
    }

    package init?(json: JSONValue) {
        guard let id = json["id"]?.string.flatMap(LabelID.init), let nameAr = json["name_ar"]?.string,
            let color = json["color"]?.string
        else { return nil }
        self.init(id: id, nameAr: nameAr, nameEn: json["name_en"]?.string, color: color)
    }

    /// Nil unless it is a list of labels.
    package static func list(json: JSONValue?) -> [LabelMark]? {
        guard let values = json?.array else { return nil }
        let marks = values.compactMap(LabelMark.init)
        return marks.count == values.count ? marks : nil
    }
}
