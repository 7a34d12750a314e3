/// A kind of record whose changes systems of the shop are told of; the text is the audit log's.
package enum HookRecord: String, Sendable, CaseIterable {
    case contact, lead, deal, order
}

extension HookNews {
    /// What a row of the audit log is to systems of the shop; often nothing.
    ///
    /// - Parameter document: What it is about, as it is now; nil when it is not there any more.
    package static func of(_ entry: AuditEntry, document: [String: JSONValue]?) -> [HookNews] {
        let event = entry.event
        guard let record = HookRecord(rawValue: event.subject.kind) else { return [] }
        let by: JSONValue = ["kind": .string(entry.actor.kind.rawValue), "id": .string(entry.actor.id)]
        let bare: JSONValue = ["id": .string(event.subject.id)]
        let whole = document.map { JSONValue.object($0.filter { !Self.staffOnly.contains($0.key) }) } ?? bare
        return types(of: event, record).map { type in
            var data = ["by": by, record.rawValue: type == .contactDeleted ? bare : whole]
            if let from = event.after?["from"] { data["from"] = from }
            let changed = (event.after?.object?.keys).map { $0.sorted() } ?? []
            if event.action.hasSuffix(".changed") { data["changed"] = .array(changed.map { .string($0) }) }
            return HookNews(
                type, at: entry.at, stream: records, sequence: entry.seq, subject: event.subject.id, data: data)
        }
    }

    /// What colleagues write for one another stays with them.
    private static let staffOnly: Set<String> = ["notes"]

    private static func types(of event: AuditEvent, _ record: HookRecord) -> [HookEventType] {
        let verb = event.action.dropFirst(record.rawValue.count + 1)
        switch (record, verb) {
        case (.contact, "created"): return [.contactCreated]
        case (.contact, "changed"): return [.contactUpdated]
        case (.contact, "merged"): return [.contactMerged]
        case (.contact, "unmerged"): return [.contactUnmerged]
        case (.contact, "erased"), (.contact, "removed"): return [.contactDeleted]
        case (.lead, "created"): return [.leadCreated]
        case (.lead, "changed"): return [.leadUpdated]
        case (.deal, "created"): return [.dealCreated]
        case (.deal, "changed"):
            switch event.after?["state"]?.string {
            case Deal.State.won.rawValue: return [.dealUpdated, .dealWon]
            case Deal.State.lost.rawValue: return [.dealUpdated, .dealLost]
            default: return [.dealUpdated]
            }
        case (.order, "created"): return [.orderCreated] + steps(event)
        case (.order, "changed"): return [.orderUpdated] + steps(event)
        default: return []
        }
    }

    /// What an order became that others wait for.
    private static func steps(_ event: AuditEvent) -> [HookEventType] {
        let isPaid = event.after?["payment"]?.string == OrderPayment.paid.rawValue
        let isDelivered = event.after?["state"]?.string == OrderState.delivered.rawValue
        return (isPaid ? [.orderPaid] : []) + (isDelivered ? [.orderDelivered] : [])
    }
}
