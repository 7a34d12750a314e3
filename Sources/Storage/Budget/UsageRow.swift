import Domain

/// Requests and sums as their tables hold them.
enum UsageRow {
    /// What a settled or open request counts, and where.
    struct Counted {
        let id: ModelRequestID
        let places: SpendingPlaces
        let tokens: Int64
        let cost: Int64
        let heldTokens: Int64
        let heldCost: Int64
    }

    /// In the order of `UsageStatements.columns`.
    static func values(
        _ request: ModelRequest,
        took tokens: TokenUsage,
        isOpen: Bool,
        _ places: SpendingPlaces,
        _ price: ModelPrice
    ) -> [SQLValue] {
        let cost = price.cost(of: tokens)
        return [
            .id(request.id), .flag(isOpen), .moment(request.at), .text(request.use.purpose.rawValue),
            .optional(request.use.room?.text), .optional(places.conversation?.number), .optional(places.customer),
            .optional(request.use.run?.question), .optional(request.use.run?.epoch), .text(request.model),
            .optional(request.version), .integer(tokens.prompt), .integer(tokens.completion),
            .flag(tokens.isEstimated), .integer(cost), .text(price.currency.code),
            .integer(isOpen ? tokens.total : 0), .integer(isOpen ? cost : 0), .text(places.day), .text(places.month),
            .integer(places.hour),
        ]
    }

    /// In the order of `UsageStatements.places`.
    static func counted(_ row: SQLRow) throws(HubError) -> Counted {
        var row = row.reader
        let id = try row.text(ModelRequestID.init)
        let purpose = ModelPurpose(rawValue: try row.text())
        let room = try row.optionalText(RoomID.init)
        let number = try row.optionalInteger()
        let customer = try row.optionalText()
        let places = SpendingPlaces(
            purpose: purpose, day: try row.text(), month: try row.text(), hour: try row.integer(),
            conversation: room.map { ($0, number ?? 0) }, customer: customer)
        return Counted(
            id: id, places: places, tokens: try row.integer(), cost: try row.integer(),
            heldTokens: try row.integer(), heldCost: try row.integer())
    }

    static func sum(_ row: inout SQLRowReader) throws(HubError) -> (key: SpendingKey, spending: Spending) {
        let key = SpendingKey(scope: try row.text(), period: try row.text())
        return (
            key,
            Spending(
                tokens: try row.integer(), cost: try row.integer(), answers: try row.integer(),
                heldTokens: try row.integer(), heldCost: try row.integer())
        )
    }

    static func line(_ row: SQLRow, in room: RoomID) throws(HubError) -> UsageLine {
        var row = row.reader
        let id = try row.text(ModelRequestID.init)
        let (moment, purpose) = (try row.moment(), try row.text())
        let (question, epoch) = (try row.optionalSeq(), try row.optionalInteger())
        let run = question.flatMap { question in
            epoch.map { AssistantRun.ID(room: room, question: question, epoch: $0) }
        }
        let (model, version) = (try row.text(), try row.optionalInteger())
        let tokens = TokenUsage(
            prompt: try row.integer(), completion: try row.integer(), isEstimated: try row.flag())
        return UsageLine(
            id: id, at: moment, purpose: purpose, run: run, model: model, version: version, tokens: tokens,
            cost: try row.integer(), currency: try row.text(), isOpen: try row.flag())
    }
}
