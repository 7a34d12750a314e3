/// Something the shop sells.
package struct Product: Versioned, Sendable, Equatable {
    /// How many there are to sell.
    package enum StockPolicy: String, Sendable, CaseIterable {
        /// Never runs out.
        case unlimited
        /// `stock` says, and staff or the shop's system keep it.
        case tracked
        /// As many as there are codes to hand out.
        case codes
    }

    package enum State: String, Sendable, CaseIterable {
        case draft, active, archived
    }

    package let id: ProductID
    /// Rises with every change.
    package var version: Int64
    package var nameAr: String
    package var nameEn: String?
    package var descriptionAr: String?
    package var descriptionEn: String?
    /// The shop's own key of the product; unique.
    package var sku: String
    /// In the currency's minor unit.
    package var price: Int64
    package var currency: Currency
    package var stockPolicy: StockPolicy
    /// What staff say of a tracked product.
    package private(set) var trackedStock: Int64?
    /// Codes that are available; counted by the store, whatever the policy.
    package var availableCodes: Int64
    /// At so many or fewer the product counts as low; nil never.
    package var lowStockThreshold: Int64?
    package var state: State
    package var category: String?
    /// Addresses of pictures, the main one first.
    package var images: [String]
    /// The product's id at Zid; unique.
    package var zidID: String?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A draft without a name, to be filled in.
    package init(id: ProductID, at moment: Timestamp) {
        self.id = id
        version = 1
        nameAr = ""
        sku = ""
        price = 0
        currency = .riyal
        stockPolicy = .unlimited
        availableCodes = 0
        state = .draft
        images = []
        createdAt = moment
        changedAt = moment
    }

    /// Of a tracked product what staff say, of one with codes those that are available; nil when unlimited.
    package var stock: Int64? {
        get { stockPolicy == .codes ? availableCodes : trackedStock }
        set { trackedStock = newValue }
    }

    package var isLow: Bool {
        guard let stock, let lowStockThreshold else { return false }
        return stock <= lowStockThreshold
    }

    /// What a search finds it by.
    package var searchText: String {
        [nameAr, nameEn, sku, category, descriptionAr, descriptionEn].compactMap(\.self).joined(separator: " ")
    }

    /// Throws `invalid` for members that contradict each other.
    package func check() throws(HubError) {
        switch stockPolicy {
        case .tracked where stock == nil:
            throw .invalid([FieldProblem("/stock", "conflict", "a tracked product needs its stock")])
        case .unlimited where stock != nil:
            throw .invalid([FieldProblem("/stock", "conflict", "an unlimited product has no stock")])
        case .codes where trackedStock != nil:
            throw .invalid([FieldProblem("/stock", "conflict", "is counted from its codes: leave it out, or null")])
        case .tracked, .unlimited, .codes: break
        }
    }
}
