/// An error of the Graph API, from an answer or from a status.
package struct WhatsAppError: Sendable, Equatable {
    package let code: Int64
    package let subcode: Int64?
    package let isTransient: Bool
    package let title: String?
    package let details: String?
    package let trace: String?

    package init(
        code: Int64,
        subcode: Int64? = nil,
        isTransient: Bool = false,
        title: String? = nil,
        details: String? = nil,
        trace: String? = nil
    ) {
        self.code = code
        self.subcode = subcode
        self.isTransient = isTransient
        self.title = title
        self.details = details
        self.trace = trace
    }

    /// Reads `{"code": …}`; nil when there is no code. `error_data` may be an object or a plain text, and a code a text.
    package init?(json: JSONValue) {
        guard let code = json["code"]?.looseInteger else { return nil }
        let data = json["error_data"]
        self.init(
            code: code,
            subcode: json["error_subcode"]?.looseInteger,
            isTransient: json["is_transient"]?.bool ?? false,
            title: json["title"]?.string ?? json["message"]?.string,
            details: data?["details"]?.string ?? data?.string,
            trace: json["fbtrace_id"]?.string
        )
    }

    /// What became of the request that got this.
    ///
    /// - Parameter status: The HTTP status; nil in a report.
    package func refusal(status: Int?, retryAfter: Duration? = nil) -> SendRefusal {
        SendRefusal(kind(status: status), problem, retryAfter: retryAfter)
    }

    package var problem: OutboxProblem {
        OutboxProblem(
            code: code, WhatsAppErrorTable.words(of: self), details: details ?? title, isOfRecipient: isOfRecipient)
    }

    /// Who has no WhatsApp, wants no more of it from us, or is kept from it by Meta's limits for one person.
    private var isOfRecipient: Bool {
        switch code {
        case 130_472, 131_026, 131_049, 131_050: true
        default: false
        }
    }

    /// Unknown codes are permanent, unless the server says that it was its own fault.
    package func kind(status: Int?) -> RefusalKind {
        if let known = WhatsAppErrorTable.kind(of: self) { return known }
        if isTransient { return .retry }
        guard let status else { return .permanent }
        if status == 429 { return .retrySlowNumber }
        return status >= 500 ? .retry : .permanent
    }
}

extension JSONValue {
    fileprivate var looseInteger: Int64? {
        switch self {
        case .integer(let integer): integer
        case .string(let text): Int64(text)
        case .null, .bool, .number, .array, .object: nil
        }
    }
}
