package import Domain
package import Logging
import ServiceLifecycle

/// Looks at Zid by itself: at all products, at the orders of late, and for stock that Zid was not told.
///
/// One hub has a job at a time. How far it got is written down with every page, so another goes on from there.
package struct ZidKeeper: Service {
    private let store: any ZidStore
    private let connection: Live<ZidConnection?>
    private let owed: WakeUps
    private let limits: ZidLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// - Parameter connection: Nil while Zid is not connected: then nothing is looked at.
    package init(
        store: any ZidStore,
        connection: Live<ZidConnection?>,
        owed: WakeUps,
        limits: ZidLimits = ZidLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.connection = connection
        self.owed = owed
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for kind in ZidJob.Kind.allCases { group.addTask { await keep(kind) } }
            }
        }
    }

    private func keep(_ kind: ZidJob.Kind) async {
        while !Task.isCancelled {
            do {
                if let connection = connection.now, kind != .stock || connection.stockOwner == .hub,
                    let job = try await store.claim(kind, at: now(), lease: limits.webhooks.lease)
                {
                    try await work(on: job, over: connection)
                }
            } catch {
                logger.debug("a look at Zid waits", metadata: ["job": "\(kind.rawValue)", "error": "\(error)"])
            }
            try? await Task.sleep(for: limits.webhooks.interval)
        }
    }

    /// Does a job page by page until its end, or until it fails; what it learned is kept either way.
    func work(on claimed: ZidJob, over connection: ZidConnection) async throws {
        var job = claimed
        if job.page == 1 || job.startedAt == nil { job.startedAt = now() }
        do {
            while !Task.isCancelled {
                let isLast = try await page(of: job, connection)
                job.problem = nil
                guard !isLast else { break }
                job.page += 1
                try await store.keep(job, due: now() + limits.webhooks.lease)
            }
            guard !Task.isCancelled else { return }
            job.page = 1
            job.finishedAt = now()
            try await store.keep(job, due: now() + interval(of: job.kind))
        } catch let failure as ZidFailure {
            if job.problem != failure.description {
                logger.warning(
                    "a look at Zid fails", metadata: ["job": "\(job.kind.rawValue)", "error": "\(failure)"])
            }
            job.problem = failure.description
            var pause = limits.webhooks.backoff.upperBound
            if case .limited(let asked) = failure { pause = min(asked ?? .seconds(5), pause) }
            // Pages that are gone are not waited for.
            if case .rejected = failure { job.page = 1 }
            try await store.keep(job, due: now() + min(pause, interval(of: job.kind)))
        }
    }

    private func interval(of kind: ZidJob.Kind) -> Duration {
        switch kind {
        case .products: limits.productInterval
        case .orders: limits.orderInterval
        case .stock: limits.stockInterval
        }
    }

    /// Returns whether it was the last one.
    private func page(of job: ZidJob, _ connection: ZidConnection) async throws -> Bool {
        switch job.kind {
        case .products: try await products(job.page, connection)
        case .orders: try await orders(job, at: connection.shop)
        case .stock: try await stock(at: connection.shop)
        }
    }

    private func products(_ number: Int64, _ connection: ZidConnection) async throws -> Bool {
        let page = try await connection.shop.products(page: number, size: limits.pageSize)
        if page.unreadable > 0 {
            logger.notice("products of Zid cannot be read", metadata: ["count": "\(page.unreadable)"])
        }
        for product in page.items {
            do {
                _ = try await store.take(product, stock: connection.stockOwner, at: now())
            } catch let error as HubError where !error.isOutage {
                // One that does not fit is no reason to miss the others.
                logger.warning(
                    "a product of Zid does not fit", metadata: ["zid.id": "\(product.id)", "error": "\(error)"])
            }
        }
        return page.isLast
    }

    /// Orders that are not as they were seen last are read in full, as after a webhook.
    private func orders(_ job: ZidJob, at shop: any ZidShop) async throws -> Bool {
        let from = (job.startedAt ?? now()) - limits.orderOverlap
        let page = try await shop.orders(page: job.page, size: limits.pageSize, from: from)
        let marks = Dictionary(page.items.map { ($0.id, $0.mark) }) { first, _ in first }
        let known = try await store.isKnown(marks)
        for listed in page.items where !known.contains(listed.id) {
            guard let order = try await shop.order(listed.id) else { continue }
            do {
                if try await store.take(order, at: now()).isOwedCodes { owed.wake() }
            } catch let error as HubError where !error.isOutage {
                logger.warning(
                    "an order of Zid does not fit", metadata: ["zid.id": "\(order.id)", "error": "\(error)"])
            }
        }
        return page.isLast
    }

    private func stock(at shop: any ZidShop) async throws -> Bool {
        let untold = try await store.untoldStock(limit: limits.pageSize)
        for stock in untold {
            do {
                try await shop.setQuantity(stock.quantity, of: stock.zidID)
            } catch ZidFailure.rejected(let status) {
                logger.warning(
                    "Zid does not take a product's stock",
                    metadata: ["zid.id": "\(stock.zidID)", "status": "\(status)"])
            }
            try await store.told(stock, at: now())
        }
        return untold.count < limits.pageSize
    }
}
