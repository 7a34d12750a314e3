/// What came from Zid, and how far the hub has looked there.
package protocol ZidStore: Sendable {
    /// Brings our order to where Zid has it, and owes its codes when it is paid, in one transaction. An older state of
    /// the order than was taken before changes nothing.
    ///
    /// Throws `busy` when the same customer's first order is being taken elsewhere, and `invalid` for an order that we
    /// cannot hold.
    func take(_ order: ZidOrder, at moment: Timestamp) async throws -> ZidTaken

    /// Which of these orders, by their ids at Zid, are known with the mark beside them.
    func isKnown(_ marks: [String: String]) async throws -> Set<String>

    /// Brings our product to what Zid has of it, found by its id there or by its sku; makes it when there is none.
    func take(_ product: ZidProduct, stock owner: ZidStockOwner, at moment: Timestamp) async throws -> Bool

    // MARK: Jobs

    /// Takes up a job that is due; who has it keeps it for a lease from each `keep` on.
    func claim(_ kind: ZidJob.Kind, at moment: Timestamp, lease: Duration) async throws -> ZidJob?

    func keep(_ job: ZidJob, due: Timestamp) async throws

    func jobs() async throws -> [ZidJob]

    /// Another store is connected: all jobs begin anew, at once. Their pages were the other one's.
    func restartJobs() async throws

    // MARK: Stock

    /// Products whose codes are not as many as Zid was told last.
    func untoldStock(limit: Int) async throws -> [ZidStock]

    func told(_ stock: ZidStock, at moment: Timestamp) async throws
}

/// What became of an order of Zid.
package struct ZidTaken: Sendable, Equatable {
    package let order: OrderID
    package let isOwedCodes: Bool

    package init(order: OrderID, isOwedCodes: Bool) {
        self.order = order
        self.isOwedCodes = isOwedCodes
    }
}

/// Which side says how many pieces of a product there are.
package enum ZidStockOwner: String, Sendable, CaseIterable {
    case zid, hub
}

/// A look at all of something at Zid, page by page. It goes on where it stopped, on whichever hub.
package struct ZidJob: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case products, orders, stock
    }

    package let kind: Kind
    /// The next one, from 1.
    package var page: Int64
    package var startedAt: Timestamp?
    /// When the last look was over that went through.
    package var finishedAt: Timestamp?
    /// Why it does not get on; nil when it does.
    package var problem: String?

    package init(kind: Kind, page: Int64, startedAt: Timestamp?, finishedAt: Timestamp?, problem: String?) {
        self.kind = kind
        self.page = page
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.problem = problem
    }
}

/// How many pieces of a product Zid is to show.
package struct ZidStock: Sendable, Equatable {
    package let product: ProductID
    package let zidID: String
    package let quantity: Int64

    package init(product: ProductID, zidID: String, quantity: Int64) {
        self.product = product
        self.zidID = zidID
        self.quantity = quantity
    }

    /// What can be sold: not what was paid for and waits to be handed over.
    package static func quantity(available: Int64, owed: Int64) -> Int64 { max(0, available - owed) }
}
