import Domain

/// Deals as their table stores them.
enum DealRow {
    /// Of the table named `d`.
    static let columns = """
        d.id, d.contact_id, d.pipeline_id, d.stage_id, d.created_ms, d.changed_ms, d.version, d.title, d.amount, \
        d.currency, d.close_ms, d.owner_id, d.state, d.lost_reason, d.lead_id, d.closed_ms
        """

    static func read(_ row: SQLRow) throws(HubError) -> Deal {
        var row = row.reader
        var deal = Deal(
            id: try row.text(DealID.init),
            contact: try row.text(ContactID.init),
            pipeline: try row.text(PipelineID.init),
            stage: try row.text(StageID.init),
            at: try row.moment()
        )
        deal.changedAt = try row.moment()
        deal.version = try row.integer()
        deal.title = try row.text()
        deal.amount = try row.integer()
        deal.currency = try row.text(Currency.init)
        deal.expectedCloseAt = try row.optionalMoment()
        deal.owner = try row.optionalText(UserID.init)
        deal.state = try row.text(Deal.State.init)
        deal.lostReason = try row.optionalText()
        deal.lead = try row.optionalText(LeadID.init)
        deal.closedAt = try row.optionalMoment()
        return deal
    }

    /// In the order of `columns`, then the text to search.
    static func values(_ deal: Deal) -> [SQLValue] {
        [
            .id(deal.id), .id(deal.contact), .id(deal.pipeline), .id(deal.stage), .moment(deal.createdAt),
            .moment(deal.changedAt), .integer(deal.version), .text(deal.title), .integer(deal.amount),
            .text(deal.currency.code), .optional(deal.expectedCloseAt), .optional(deal.owner?.text),
            .text(deal.state.rawValue), .optional(deal.lostReason), .optional(deal.lead?.text),
            .optional(deal.closedAt), .text(SearchText.fold(deal.searchText)),
        ]
    }

    /// Of the table named `m`.
    static let moveColumns =
        "m.id, m.deal_id, m.at_ms, m.by_name, m.from_stage, m.from_state, m.to_stage, m.to_state"

    static func readMove(_ row: SQLRow) throws(HubError) -> DealMove {
        var row = row.reader
        let id = try row.text(DealMoveID.init)
        let deal = try row.text(DealID.init)
        let at = try row.moment()
        let byName = try row.text()
        let fromStage = try row.optionalText(StageID.init)
        let fromState = try row.optionalText(Deal.State.init)
        let to = DealMove.Place(stage: try row.text(StageID.init), state: try row.text(Deal.State.init))
        var from: DealMove.Place?
        if let fromStage, let fromState { from = DealMove.Place(stage: fromStage, state: fromState) }
        return DealMove(id: id, deal: deal, at: at, byName: byName, from: from, to: to)
    }

    /// In the order of `moveColumns`.
    static func values(_ move: DealMove) -> [SQLValue] {
        [
            .id(move.id), .id(move.deal), .moment(move.at), .text(move.byName), .optional(move.from?.stage.text),
            .optional(move.from?.state.rawValue), .id(move.to.stage), .text(move.to.state.rawValue),
        ]
    }
}
