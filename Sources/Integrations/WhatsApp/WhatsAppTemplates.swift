package import Domain

/// The templates of a WhatsApp Business Account.
///
/// Source: Business Management API, `GET /{WABA id}/message_templates`.
package struct WhatsAppTemplates: TemplateSource {
    private let client: WhatsAppClient
    private let business: String

    private static let pageSize = 100
    /// More pages than these are not read.
    private static let maxPages = 20

    /// - Parameter business: The id of the account, in digits.
    package init(client: WhatsAppClient, business: String) {
        self.client = client
        self.business = business
    }

    package func approvedTemplates() async throws -> [MessageTemplate] {
        var found: [MessageTemplate] = []
        var after = ""
        for _ in 0..<Self.maxPages {
            let fields = "fields=name,language,status,category,components&limit=\(Self.pageSize)"
            let page = try await client.read("\(business)/message_templates?\(fields)\(after)")
            found += (page["data"]?.array ?? []).compactMap(MessageTemplate.init(provider:))
            guard page["paging"]?["next"] != nil, let cursor = page["paging"]?["cursors"]?["after"]?.string,
                cursor.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_=".contains($0)) })
            else { break }
            after = "&after=\(cursor)"
        }
        return found
    }
}
