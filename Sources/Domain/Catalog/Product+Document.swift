extension Product: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "product", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "name_ar": .string(nameAr),
            "name_en": .optional(nameEn),
            "description_ar": .optional(descriptionAr),
            "description_en": .optional(descriptionEn),
            "sku": .string(sku),
            "price": .integer(price),
            "currency": .string(currency.code),
            "stock_policy": .string(stockPolicy.rawValue),
            "stock": .optional(stock),
            "low_stock_threshold": .optional(lowStockThreshold),
            "low_stock": .bool(isLow),
            "state": .string(state.rawValue),
            "category": .optional(category),
            "images": .array(images.map(JSONValue.string)),
            "zid_id": .optional(zidID),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }
}
