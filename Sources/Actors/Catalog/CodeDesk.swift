package import Domain

/// Where the text of a code leaves the vault: shown to staff, or sent to a customer.
package struct CodeDesk: Sendable {
    private let codes: any CodeStore
    private let products: any ProductStore
    private let vault: any SecretVault
    private let gateway: any RoomGateway
    private let limits: CodeLimits

    package init(
        codes: any CodeStore,
        products: any ProductStore,
        vault: any SecretVault,
        gateway: any RoomGateway,
        limits: CodeLimits
    ) {
        self.codes = codes
        self.products = products
        self.vault = vault
        self.gateway = gateway
        self.limits = limits
    }

    /// A code and its text, once the audit log holds who asked. Throws `not_found`.
    package func reveal(_ id: CodeID, _ writing: Writing<SealedCode>) async throws -> (code: DigitalCode, text: String)
    {
        let found = try await codes.reveal(id, writing)
        return (found.code, try await vault.open(found.sealed, at: DigitalCode.place(of: id)))
    }

    /// Sells codes and sends them to the customer of a conversation, in one commit.
    ///
    /// The codes are held first, because opening them may take a while; should the hub die meanwhile, they come back
    /// by themselves. Throws what the store throws; then no code is sold and nothing was sent.
    package func handOver(
        _ order: Order,
        by principal: Principal,
        _ writing: Writing<HandedOver>
    ) async throws -> Written<HandedOver> {
        try await gateway.authorize(principal, in: order.room)
        guard let product = try await products.product(order.product) else {
            throw HubError.notFound("there is no such product")
        }
        let reservation = CodeChange(.reserve(until: writing.at + limits.handOverHold), to: .conversation(order.room))
        let allocation = CodeAllocation(product: order.product, count: order.count, reservation)
        let holding = Writing<[DigitalCode]>(by: writing.actor, at: writing.at)
        switch try await hold(allocation, for: writing.once, holding) {
        case .repeated(let answer):
            return .repeated(answer)
        case .done(let held):
            let ids = held.map(\.id)
            do {
                let message = try await message(
                    of: ids, headed: order.text ?? product.nameAr, product, by: order.author, mid: .fresh())
                let handOver = CodeHandOver(codes: ids, room: order.room, message: message)
                let written = try await codes.handOver(handOver, writing)
                switch written {
                case .done(let done): gateway.appended(upTo: done.head, in: done.room)
                case .repeated: await release(ids, writing.actor, writing.at)
                }
                return written
            } catch {
                await release(ids, writing.actor, writing.at)
                throw error
            }
        }
    }

    /// Sends the customer of a run's conversation the codes that they own; how many, or nil when they own none.
    ///
    /// One run sends once. Throws `conflict` when these are more than one message holds, `mid_conflict` when the run has
    /// sent others, `rate_limited`, and what the log refuses.
    package func sendAgain(_ order: String?, in run: AssistantRun.ID, at moment: Timestamp) async throws -> Int? {
        let limit = limits.maxPerResend
        let owned = try await codes.owned(byCustomerIn: run.room, order: order, limit: limit + 1)
        guard !owned.isEmpty else { return nil }
        guard owned.count <= limit else {
            throw HubError.conflict("these are more than \(limit) codes: name one order, or call hand_over")
        }
        // In the order of their ids, so that the same codes make the same message.
        let sorted = owned.sorted { $0.code.id < $1.code.id }
        var lines = [Self.resendHeading]
        for (code, sealed) in zip(sorted, try await codes.sealed(sorted.map(\.code.id))) {
            let text = try await vault.open(sealed, at: DigitalCode.place(of: code.code.id))
            lines.append("\(code.product): \(text)")
        }
        let marks = sorted.map { CodeText.Mark($0.code.id, product: $0.product) }
        let message = Draft(
            author: .assistant, mid: .codes(of: run),
            content: .message(.codes(try CodeText(lines.joined(separator: "\n"), marks: marks)), replyTo: nil),
            basis: WriteBasis(epoch: run.epoch))
        let resend = CodeResend(
            codes: sorted.map(\.code.id), room: run.room, message: message, maxSendings: limits.maxResends,
            period: limits.resendPeriod)
        let sent = try await codes.sendAgain(resend, Writing(by: .system, at: moment)).value()
        gateway.appended(upTo: sent.head, in: sent.room)
        return sent.codes.count
    }

    /// Sells the codes of a debt to an order and writes them to its customer, in one commit.
    ///
    /// They are held first, as by `handOver`. Throws `not_enough`, and what the store throws; then no code is sold and
    /// nothing was sent.
    ///
    /// - Parameter mail: Takes the message along, where the conversation itself does not reach the customer.
    func deliver(
        _ debt: CodeDebt,
        of order: Domain.Order,
        in room: RoomID,
        with mail: CodeMail?,
        through deliveries: any OrderDeliveryStore,
        at moment: Timestamp
    ) async throws -> CodeDelivered {
        guard let product = try await products.product(debt.product) else {
            throw HubError.notFound("there is no such product")
        }
        let held = try await hold(debt, for: .order(order.number, from: room), at: moment)
        do {
            let message = try await message(
                of: held, headed: "\(Self.orderHeading) \(order.number)\n\(product.nameAr)", product, by: .hub,
                mid: debt.mid(of: order.id))
            let delivery = CodeDelivery(
                codes: held, order: order.id, debt: debt, room: room, message: message, mail: mail)
            let delivered = try await deliveries.deliver(delivery, Writing(by: .system, at: moment))
            switch delivered {
            case .done(let done, let mail):
                gateway.appended(upTo: done.head, in: done.room)
                if let mail { gateway.appended(upTo: mail.seq, in: mail.side) }
            case .settled:
                await release(held, .system, moment)
            }
            return delivered
        } catch {
            await release(held, .system, moment)
            throw error
        }
    }

    /// Codes that are held for this very delivery already come first: a hub died over them.
    private func hold(_ debt: CodeDebt, for recipient: CodeRecipient, at moment: Timestamp) async throws -> [CodeID] {
        var filter = CodeFilter()
        filter.product = debt.product
        filter.order = recipient.order
        filter.state = .reserved
        let known = try await codes.codes(
            ListRequest(filter: filter, order: CodeSort.usual, limit: limits.maxPerAllocation))
        let held = known.items.filter { $0.recipient == recipient }.prefix(debt.count).map(\.id)
        guard held.count < debt.count else { return held }
        let reservation = CodeChange(.reserve(until: moment + limits.handOverHold), to: recipient)
        let allocation = CodeAllocation(product: debt.product, count: debt.count - held.count, reservation)
        let more = try await codes.allocate(allocation, Writing(by: .system, at: moment)).value()
        return held + more.map(\.id)
    }

    private static let orderHeading = "أكواد طلبك · Your codes for order"
    private static let resendHeading = "أكوادك · Your codes"

    /// What a member of staff gives to a customer.
    package struct Order: Sendable {
        package let product: ProductID
        package let count: Int
        package let room: RoomID
        package let author: Participant
        /// What is said before the codes; the product's Arabic name when nil.
        package let text: String?

        package init(product: ProductID, count: Int, room: RoomID, author: Participant, text: String?) {
            self.product = product
            self.count = count
            self.room = room
            self.author = author
            self.text = text
        }
    }

    /// A conversation that is named by an address, and not by a member of a body, is not found.
    private func hold(
        _ allocation: CodeAllocation,
        for once: Once<HandedOver>?,
        _ writing: Writing<[DigitalCode]>
    ) async throws -> Written<[DigitalCode]> {
        do {
            return try await codes.hold(allocation, for: once, writing)
        } catch let error as HubError where error.code == .invalid {
            throw HubError.notFound("there is no such conversation")
        }
    }

    private func message(
        of ids: [CodeID],
        headed heading: String,
        _ product: Product,
        by author: Participant,
        mid: MID
    ) async throws -> Draft {
        var lines = [heading]
        for (id, sealed) in zip(ids, try await codes.sealed(ids)) {
            lines.append(try await vault.open(sealed, at: DigitalCode.place(of: id)))
        }
        let marks = ids.map { CodeText.Mark($0, product: product.nameAr) }
        let body = try CodeText(lines.joined(separator: "\n"), marks: marks)
        return Draft(author: author, mid: mid, content: .message(.codes(body), replyTo: nil))
    }

    /// What is not released now, because it was sold after all or the store is away, needs it no more or lapses.
    private func release(_ ids: [CodeID], _ actor: AuditActor, _ moment: Timestamp) async {
        let writing = Writing<[DigitalCode]>(by: actor, at: moment)
        _ = try? await codes.change(.several(ids), CodeChange(.release), writing)
    }
}
