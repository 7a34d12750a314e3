import Domain
import Hummingbird

/// What may be sold, and how it stands.
struct DealRoutes: EndpointGroup {
    let deals: any DealStore

    static let path = "/crm/deals"
    private static let onePath = "/crm/deals/{deal}"
    private static let resource = DealDescription.resource

    let title = "Deals"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listDeals", "Deals, a page at a time.", of: Self.resource, right: .crmRead,
                sorts: DealSort.self, filters: DealDescription.filters, run: list),
            .create(Self.path, "createDeal", "Make a deal.", of: Self.resource, right: .crmWrite, run: make),
            Endpoint(
                method: .get,
                path: "\(Self.path)/summary",
                id: "summarizeDeals",
                summary: "How many deals there are and what they are worth, by stage, state and currency.",
                right: .crmRead,
                query: DealDescription.filters,
                answers: [.init(status: .ok, note: "The totals.", content: .json(DealDescription.summary))],
                run: summarize
            ),
            .read(Self.onePath, "getDeal", "One deal.", of: Self.resource, right: .crmRead, run: read),
            .change(
                Self.onePath, "changeDeal", "Change a deal: move it, win it, lose it, reopen it.", of: Self.resource,
                right: .crmWrite, run: change),
            .list(
                "\(Self.onePath)/moves", "listDealMoves", "How a deal came to where it is.",
                of: DealDescription.move, right: .crmRead, sorts: DealMoveSort.self, isSearchable: false,
                run: moves),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<DealSort, _> = try ListParameters.request(
            call.query, filter: DealDescription.filter(call.query, call.scope))
        return .page(try await deals.deals(request), of: request)
    }

    private func summarize(_ call: Call) async throws -> Response {
        let totals = try await deals.totals(DealDescription.filter(call.query, call.scope))
        return .json { $0.value(.object(["items": .array(totals.map { .object($0.document) })])) }
    }

    private func make(_ call: Call) async throws -> Response {
        guard let contact: ContactID = try call.body.id("contact") else {
            throw HubError(.internal, "The schema of a deal does not ask for its contact.")
        }
        let new = NewDeal(
            id: .make(at: call.at),
            contact: contact,
            pipeline: try call.body.id("pipeline"),
            stage: try call.body.id("stage")
        ) { deal in
            try DealDescription.merge(call.body, into: &deal)
        }
        return call.created(
            try await deals.add(new, scope: call.scope, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await deals.deal(call.id("deal"), scope: call.scope))
    }

    private func change(_ call: Call) async throws -> Response {
        let deal = try await deals.change(
            call.id("deal"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { deal in
            try DealDescription.merge(call.body, into: &deal)
        }
        return call.answer(deal)
    }

    private func moves(_ call: Call) async throws -> Response {
        let request: ListRequest<DealMoveSort, Void> = try ListParameters.request(call.query, filter: ())
        let page = try await deals.moves(of: call.id("deal"), scope: call.scope, request)
        return .page(page, of: request, document: \.document)
    }
}

extension Deal: VersionedDocument {}
