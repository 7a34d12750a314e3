import Domain
import Hummingbird

/// What went wrong, what still does, and what people were told of it.
struct AlertRoutes: EndpointGroup {
    let alerts: any AlertStore

    let title = "Alerts"

    var endpoints: [Endpoint] {
        [
            .list(
                "/alerts", "listAlerts", "Open and past incidents, a page at a time, the newest first.",
                of: AlertDescription.resource, right: .statusRead, sorts: AlertSort.self,
                filters: AlertDescription.filters, isSearchable: false, run: list)
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<AlertSort, _> = try ListParameters.request(
            call.query, filter: AlertDescription.filter(call.query))
        return .page(try await alerts.incidents(request), of: request)
    }
}
