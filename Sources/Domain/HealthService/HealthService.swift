/// A service of which no more is known than an address that says whether it is there: Seha and Tatman.
package enum HealthService: String, Sendable, CaseIterable {
    case seha, tatman

    package var label: StatusMessage {
        switch self {
        case .seha: StatusMessage(ar: "صحة", en: "Seha")
        case .tatman: StatusMessage(ar: "طمن", en: "Tatman")
        }
    }

    /// The field of the configuration that names us to the service.
    var idField: String {
        switch self {
        case .seha: "facility_id"
        case .tatman: "provider_id"
        }
    }

    var idHeader: String {
        switch self {
        case .seha: "X-Facility-Id"
        case .tatman: "X-Provider-Id"
        }
    }
}

/// Where a service is asked, and with what. It never prints its key.
package struct HealthAccount: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    package let service: HealthService
    package let url: OutboundURL
    package let headers: [Header]
    package let expected: ClosedRange<Int>

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    /// Fields: `api_url`, `api_key`, `facility_id` or `provider_id`; and `health_path` (`/health`), `auth_header`
    /// (`Authorization`), `auth_scheme` (`Bearer`; `none` for the key alone), `id_header`, `expect_status`
    /// (`200-299`).
    package init(_ service: HealthService, _ fields: ServiceFields) throws(ServiceFieldsProblem) {
        try fields.require("api_url", "api_key", service.idField)
        self.service = service
        let path = try fields.word("health_path", or: "/health") { OutboundURL("https://h/\($0)") != nil }
        url = try fields.url("api_url", or: nil).appending(path)
        let key = try fields.word("api_key")
        let scheme = try fields.word("auth_scheme", or: "Bearer", where: Self.isToken)
        headers = [
            Header(
                name: try fields.word("auth_header", or: "Authorization", where: Self.isToken),
                value: scheme == "none" ? key : "\(scheme) \(key)"),
            Header(
                name: try fields.word("id_header", or: service.idHeader, where: Self.isToken),
                value: try fields.word(service.idField)),
        ]
        guard let expected = Self.range(try fields.word("expect_status", or: "200-299")) else {
            throw ServiceFieldsProblem(.unfit("expect_status"))
        }
        self.expected = expected
    }

    /// `204` or `200-299`.
    private static func range(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
            first >= 200, last <= 599
        else { return nil }
        return first...last
    }

    /// A word of a header (RFC 9110 section 5.6.2).
    private static func isToken(_ text: String) -> Bool {
        text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-.^_`|~".contains($0)) }
    }

    package var description: String { "\(service.rawValue) at \(url.authority)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
