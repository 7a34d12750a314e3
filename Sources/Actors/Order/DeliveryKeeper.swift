package import Domain
package import Logging
import ServiceLifecycle

/// Delivers the codes of paid orders to whoever ordered, wherever they can be reached.
///
/// Orders are taken up with a lease, and each message is written with the codes in one transaction over the locked
/// order: see `OrderDeliveryStore`. So it may die anywhere, and run on every hub.
package struct DeliveryKeeper: Service {
    private let store: any OrderDeliveryStore
    private let desk: CodeDesk
    private let reach: CustomerReach
    private let bell: WakeUps
    private let limits: DeliveryLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// - Parameter bell: Rings when codes may be owed.
    package init(
        store: any OrderDeliveryStore,
        desk: CodeDesk,
        reach: CustomerReach,
        bell: WakeUps,
        limits: DeliveryLimits = DeliveryLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.desk = desk
        self.reach = reach
        self.bell = bell
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await keepLooking() }
                for await _ in bell.stream { await work() }
            }
        }
    }

    private func keepLooking() async {
        while !Task.isCancelled {
            bell.wake()
            try? await Task.sleep(for: limits.interval)
        }
        bell.finish()
    }

    /// Delivers what is due; returns when there is nothing, or the store is away.
    func work() async {
        do {
            while !Task.isCancelled {
                let orders = try await store.claim(limit: limits.batch, at: now(), lease: limits.lease)
                guard !orders.isEmpty else { return }
                for order in orders { try await deliver(order) }
            }
        } catch {
            logger.warning("orders wait for their codes", metadata: ["error": "\(error)"])
        }
    }

    private func deliver(_ owed: OwedOrder) async throws {
        do {
            switch try await send(owed) {
            case nil: break
            case let wait?: try await store.postpone(owed.order.id, until: now() + limits.pause, because: wait)
            }
        } catch {
            logger.notice(
                "an order waits for its codes", metadata: ["order.id": "\(owed.order.id)", "error": "\(error)"])
            let pause = limits.pause(after: owed.attempts)
            try await store.postpone(owed.order.id, until: now() + pause, because: nil)
        }
    }

    /// Returns what it waits for; nil when all is delivered, or owed no more.
    private func send(_ owed: OwedOrder) async throws -> DeliveryWait? {
        switch try await reach.route(of: owed) {
        case .conversation(let room):
            return try await send(owed, in: room) { nil }
        case .mail(let address):
            let room = try await reach.ownConversation(of: owed)
            return try await send(owed, in: room) { try reach.mail(to: address, in: owed.language) }
        case .invite(let room):
            try await reach.invite(owed, in: room)
            return .invited
        case .nobody:
            try await reach.tellStaff(.nobody, of: owed, in: try await reach.ownConversation(of: owed))
            return .nobody
        }
    }

    private func send(
        _ owed: OwedOrder,
        in room: RoomID,
        _ mail: () throws -> CodeMail?
    ) async throws -> DeliveryWait? {
        var wait: DeliveryWait?
        for debt in owed.debts {
            do {
                let delivered = try await desk.deliver(
                    debt, of: owed.order, in: room, with: try mail(), through: store, at: now())
                if case .done = delivered {
                    logger.info("codes of an order are delivered", metadata: ["order.id": "\(owed.order.id)"])
                }
            } catch let error as HubError where error.code == .notEnough {
                wait = .notEnough
            } catch let error as HubError where [.tooLarge, .badRequest, .notFound, .invalid].contains(error.code) {
                logger.error(
                    "codes of an order cannot be delivered",
                    metadata: ["order.id": "\(owed.order.id)", "error": "\(error)"])
                wait = .refused
            }
        }
        if let wait { try await reach.tellStaff(wait, of: owed, in: room) }
        return wait
    }
}
