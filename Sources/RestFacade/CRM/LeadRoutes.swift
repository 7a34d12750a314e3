import Domain
import Hummingbird

/// Who may become a customer.
struct LeadRoutes: EndpointGroup {
    let leads: any LeadStore

    private static let path = "/crm/leads"
    private static let onePath = "/crm/leads/{lead}"
    private static let resource = LeadDescription.resource

    let title = "Leads"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listLeads", "Leads, a page at a time.", of: Self.resource, right: .crmRead,
                sorts: LeadSort.self, filters: LeadDescription.filters, run: list),
            .create(Self.path, "createLead", "Make a lead.", of: Self.resource, right: .crmWrite, run: make),
            .read(Self.onePath, "getLead", "One lead.", of: Self.resource, right: .crmRead, run: read),
            .change(
                Self.onePath, "changeLead", "Change a lead, or take it a step further.", of: Self.resource,
                right: .crmWrite, run: change),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/convert",
                id: "convertLead",
                summary: "Make a deal of a qualified lead, and a contact where it has none. Again: the same deal.",
                right: .crmWrite,
                body: .json(LeadDescription.conversion),
                isOnce: true,
                answers: [
                    .init(
                        status: .created, note: "The deal that it became.",
                        content: .json(DealDescription.resource.document), hasVersion: true, hasLocation: true),
                    .conflict,
                ],
                run: convert
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<LeadSort, _> = try ListParameters.request(
            call.query, filter: LeadDescription.filter(call.query, call.scope))
        return .page(try await leads.leads(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var lead = Lead(id: .make(at: call.at), at: call.at)
        lead.contact = try call.body.id("contact")
        try LeadDescription.merge(call.body, into: &lead)
        return call.created(
            try await leads.add(lead, scope: call.scope, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await leads.lead(call.id("lead"), scope: call.scope))
    }

    private func change(_ call: Call) async throws -> Response {
        let lead = try await leads.change(
            call.id("lead"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { lead in
            try LeadDescription.merge(call.body, into: &lead)
        }
        return call.answer(lead)
    }

    private func convert(_ call: Call) async throws -> Response {
        let deal = try await leads.convert(
            call.id("lead"), scope: call.scope, LeadDescription.conversion(call.body),
            call.making(at: DealRoutes.path))
        var response = call.created(deal, at: DealRoutes.path)
        // A deal that was made before may have changed since.
        if case .done(let deal) = deal { response.headers[.eTag] = EntityTag(version: deal.version).text }
        return response
    }
}

extension Lead: VersionedDocument {}
