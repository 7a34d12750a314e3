/// What is to be said of the keys and webhooks of a store to its owner.
package struct ZidUpkeepNotes: Sendable, Equatable {
    /// Of what is stored; nil while nothing is.
    private let config: IntegrationConfig?
    private let values: IntegrationValues
    private let moment: Timestamp

    package init(_ values: IntegrationValues, config: IntegrationConfig?, at moment: Timestamp) {
        self.values = values
        self.config = config
        self.moment = moment
    }

    /// Whether there is anything to keep up: Zid is connected and turned on.
    package var isConnected: Bool { values.missing.isEmpty && config?.isEnabled != false }

    package func keys(_ upkeep: ZidUpkeep) -> UpkeepNote {
        guard let life = config.flatMap(ZidKeyLife.init) else { return missing }
        let until = life.end.map { $0 > moment ? Self.stillGood : Self.over }
        guard let problem = upkeep.problem(of: config) else {
            return life.end == nil
                ? UpkeepNote(.keys, .waiting, Self.beingRenewed)
                : UpkeepNote(.keys, .good, Self.renewedByItself, at: life.end)
        }
        let isFailing = upkeep.isGivenUp
        let message = problem.words.joined(with: isFailing ? until : Self.triedAgain)
        return UpkeepNote(
            .keys, isFailing ? .failing : .waiting, message, at: life.end, outcome: isFailing ? problem.outcome : nil)
    }

    /// - Parameter isReachable: Whether Zid can reach this hub.
    package func webhooks(_ upkeep: ZidUpkeep, isReachable: Bool) -> UpkeepNote {
        guard isReachable else { return UpkeepNote(.webhooks, .off, Self.noAddress) }
        guard let problem = upkeep.problem(of: config) else {
            return upkeep.doneAt == nil
                ? UpkeepNote(.webhooks, .waiting, Self.beingRegistered)
                : UpkeepNote(.webhooks, .good, Self.registered, at: upkeep.doneAt)
        }
        let isFailing = problem.outcome != nil
        return UpkeepNote(
            .webhooks, isFailing ? .failing : .waiting, problem.words.joined(with: isFailing ? nil : Self.triedAgain),
            at: upkeep.doneAt, outcome: problem.outcome)
    }

    private var missing: UpkeepNote {
        let names = ZidKeyLife.fields.filter { values[$0] == nil }.joined(separator: ", ")
        return UpkeepNote(
            .keys, .off,
            StatusMessage(
                ar: "لا تُجدَّد المفاتيح تلقائيًا: أضف \(names). وهي صالحة نحو سنة",
                en: "The keys are not renewed by the hub: add \(names). They are good for about a year."))
    }

    // MARK: Words

    private static let beingRenewed = StatusMessage(ar: "تُجدَّد المفاتيح الآن", en: "The keys are being renewed.")
    private static let renewedByItself = StatusMessage(
        ar: "تُجدَّد المفاتيح تلقائيًا قبل نهايتها", en: "The keys are renewed by the hub before they end.")
    private static let triedAgain = StatusMessage(
        ar: "وتُعاد المحاولة تلقائيًا", en: "The hub tries again by itself.")
    private static let stillGood = StatusMessage(
        ar: "والمفاتيح الحالية قد تعمل حتى نهايتها", en: "The present keys may work until they end.")
    private static let over = StatusMessage(ar: "وقد انتهت المفاتيح الحالية", en: "The present keys have ended.")
    private static let noAddress = StatusMessage(
        ar: "لا تُسجَّل الإشعارات: يلزم PUBLIC_URL يبدأ بـ https://، وإلى ذلك الحين تُكتشف الطلبات بالنظر الدوري",
        en: "Webhooks are not registered: PUBLIC_URL must be set and begin with https://. Until then orders are found "
            + "by looking.")
    private static let beingRegistered = StatusMessage(
        ar: "تُسجَّل الإشعارات في زد الآن", en: "Webhooks are being registered at Zid.")
    private static let registered = StatusMessage(
        ar: "يبلّغ زد عن الطلبات فور حدوثها", en: "Zid tells of orders as they happen.")
}

extension ZidUpkeep {
    /// Nil when there is none, or something else is stored by now.
    fileprivate func problem(of config: IntegrationConfig?) -> ZidUpkeepProblem? {
        version == (config?.version ?? 0) ? problem : nil
    }
}

extension StatusMessage {
    fileprivate func joined(with more: StatusMessage?) -> StatusMessage {
        guard let more else { return self }
        return StatusMessage(ar: "\(ar)، \(more.ar)", en: "\(en) \(more.en)")
    }
}
