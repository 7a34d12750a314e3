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
                let message = try await message(of: ids, order, product)
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

    private func message(of ids: [CodeID], _ order: Order, _ product: Product) async throws -> Draft {
        var lines = [order.text ?? product.nameAr]
        for (id, sealed) in zip(ids, try await codes.sealed(ids)) {
            lines.append(try await vault.open(sealed, at: DigitalCode.place(of: id)))
        }
        let body = try MessageBody.checkedText(lines.joined(separator: "\n"))
        return Draft(author: order.author, mid: .fresh(), content: .message(body, replyTo: nil))
    }

    /// What is not released now, because it was sold after all or the store is away, needs it no more or lapses.
    private func release(_ ids: [CodeID], _ actor: AuditActor, _ moment: Timestamp) async {
        let writing = Writing<[DigitalCode]>(by: actor, at: moment)
        _ = try? await codes.change(.several(ids), CodeChange(.release), writing)
    }
}
