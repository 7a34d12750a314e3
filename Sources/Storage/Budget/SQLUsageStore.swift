import Domain

/// The ledger of the language model over either database.
///
///     1. find whose conversations the requests are of
///     2. lock the rows of their sums, in the order of keys
///     3. decide, write requests and sums, tell what is to be told; commit
///
/// So hubs decide one after the other, each over what the others have let in. All sums are changed by adding.
struct SQLUsageStore: UsageStore {
    let database: any SQLDatabase

    func open(
        _ requests: [ModelRequest],
        _ rules: BudgetRules,
        at moment: Timestamp
    ) async throws -> (verdicts: [BudgetVerdict], alerts: [BudgetAlert]) {
        guard !requests.isEmpty else { return ([], []) }
        return try await database.write { session in
            let places = try Self.places(of: requests.map { ($0.use, $0.at) }, rules, session)
            // Adding nothing locks a row, and says what it holds.
            var sums = try Self.add(places.reduce(into: Sums()) { $0.touch($1.allKeys) }, rules, at: moment, session)
            var admitted: [(id: ModelRequestID, held: Spending, keys: [SpendingKey])] = []
            var rows: [[SQLValue]] = []
            var verdicts: [BudgetVerdict] = []
            for (request, place) in zip(requests, places) {
                let verdict = rules.verdict(
                    on: place.keys.mapValues { sums[$0] }, beginsAnswer: request.beginsAnswer,
                    rules.periods(at: request.at))
                verdicts.append(verdict)
                guard verdict.stop == nil else { continue }
                let held = Spending(
                    answers: request.beginsAnswer ? 1 : 0, heldTokens: request.estimate.total,
                    heldCost: rules.price.cost(of: request.estimate))
                sums.add(held, to: place.allKeys)
                admitted.append((request.id, held, place.allKeys))
                rows.append(
                    UsageRow.values(request, took: request.estimate, isOpen: true, place, rules.price))
            }
            if !rows.isEmpty {
                // One that was let in before, and whose answer was lost on the way, is not held twice.
                let new = try Self.ids(session.execute(UsageStatements.insert.over(rows)))
                let added = admitted.filter { new.contains($0.id) }.reduce(into: Sums()) {
                    $0.add($1.held, to: $1.keys)
                }
                if !added.byKey.isEmpty { _ = try Self.add(added, rules, at: moment, session) }
            }
            return (verdicts, try Self.finish(places, sums, rules, at: moment, session))
        }
    }

    func settle(
        _ usages: [ModelUsage],
        _ rules: BudgetRules,
        at moment: Timestamp
    ) async throws -> [BudgetAlert] {
        guard !usages.isEmpty else { return [] }
        let usages = usages.sorted { $0.request.id < $1.request.id }
        return try await database.write { session in
            let told = usages.map { usage -> [SQLValue] in
                [
                    .id(usage.request.id), .integer(usage.tokens.prompt), .integer(usage.tokens.completion),
                    .flag(usage.tokens.isEstimated), .integer(rules.price.cost(of: usage.tokens)),
                    .text(rules.price.currency.code),
                ]
            }
            var counted = try session.execute(UsageStatements.settle.over(told)).map(UsageRow.counted)
            let settled = Set(counted.map(\.id))
            counted += try Self.insert(usages.filter { !settled.contains($0.request.id) }, rules, session)
            return try Self.count(counted, rules, at: moment, session)
        }
    }

    func verdict(for use: ModelUse, _ rules: BudgetRules, at moment: Timestamp) async throws -> BudgetVerdict {
        try await database.read { session in
            guard let place = try Self.places(of: [(use, moment)], rules, session).first else { return .go }
            let sums = try Self.sums(of: place.allKeys, session)
            return rules.verdict(
                on: place.keys.mapValues { sums[$0] ?? Spending() }, beginsAnswer: true, rules.periods(at: moment))
        }
    }

    func tidy(before moment: Timestamp, _ rules: BudgetRules, limit: Int) async throws -> Int {
        try await database.write { session in
            let counted = try session.execute(UsageStatements.tidy, [.moment(moment), .count(limit)])
                .map(UsageRow.counted)
            _ = try session.execute(UsageStatements.forget, [.moment(moment)])
            _ = try Self.count(counted, rules, at: moment, session)
            return counted.count
        }
    }

    func spending(of keys: [SpendingKey]) async throws -> [SpendingKey: Spending] {
        try await database.read { session in try Self.sums(of: keys, session) }
    }

    func days(from first: String, to last: String) async throws -> [UsageDay] {
        try await database.read { session in
            var days: [String: UsageDay] = [:]
            for row in try session.execute(UsageStatements.days, [.text("d\(first)"), .text("d\(last)")]) {
                var row = row.reader
                let (key, spending) = try UsageRow.sum(&row)
                let day = String(key.period.dropFirst())
                let known = days[day]
                var purposes = known?.purposes ?? [:]
                if let purpose = ModelPurpose.allCases.first(where: { SpendingKey.scope(of: $0) == key.scope }) {
                    purposes[purpose] = spending
                }
                let isTotal = key.scope == SpendingKey.shop
                days[day] = UsageDay(
                    day: day, currency: isTotal ? Currency(try row.text()) : known?.currency,
                    total: isTotal ? spending : known?.total ?? Spending(), purposes: purposes)
            }
            return days.values.sorted { $0.day < $1.day }
        }
    }

    func requests(in room: RoomID, limit: Int) async throws -> [UsageLine] {
        try await database.read { session in
            try session.execute(UsageStatements.ofRoom, [.id(room), .count(limit)]).map { row in
                try UsageRow.line(row, in: room)
            }
        }
    }

    // MARK: Parts

    private static func places(
        of uses: [(use: ModelUse, at: Timestamp)],
        _ rules: BudgetRules,
        _ session: any SQLSession
    ) throws -> [SpendingPlaces] {
        var owners: [RoomID: (customer: String, number: Int64)] = [:]
        let rooms = Set(uses.compactMap(\.use.room)).sorted()
        if !rooms.isEmpty {
            let found = try session.batch(rooms.map { SQLStatement(UsageStatements.place, [.id($0)]) })
            for (room, rows) in zip(rooms, found) {
                guard var row = rows.first?.reader else { continue }
                owners[room] = (try row.text(), try row.integer())
            }
        }
        return uses.map { use, moment in
            let periods = rules.periods(at: moment)
            let owner = use.room.flatMap { owners[$0] }
            return SpendingPlaces(
                purpose: use.purpose, day: periods.day, month: periods.month, hour: periods.hour,
                conversation: use.room.map { ($0, owner?.number ?? 0) }, customer: owner?.customer)
        }
    }

    /// Requests that nobody opened: what is written down already is not counted again.
    private static func insert(
        _ usages: [ModelUsage],
        _ rules: BudgetRules,
        _ session: any SQLSession
    ) throws -> [UsageRow.Counted] {
        guard !usages.isEmpty else { return [] }
        let places = try Self.places(of: usages.map { ($0.request.use, $0.request.at) }, rules, session)
        let rows = zip(usages, places).map { usage, place in
            UsageRow.values(usage.request, took: usage.tokens, isOpen: false, place, rules.price)
        }
        let new = try Self.ids(session.execute(UsageStatements.insert.over(rows)))
        return zip(usages, places).compactMap { usage, place in
            guard new.contains(usage.request.id) else { return nil }
            return UsageRow.Counted(
                id: usage.request.id, places: place, tokens: usage.tokens.total,
                cost: rules.price.cost(of: usage.tokens), heldTokens: 0, heldCost: 0)
        }
    }

    private static func ids(_ rows: [SQLRow]) throws -> Set<ModelRequestID> {
        Set(
            try rows.map { row in
                var row = row.reader
                return try row.text(ModelRequestID.init)
            })
    }

    private static func count(
        _ counted: [UsageRow.Counted],
        _ rules: BudgetRules,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [BudgetAlert] {
        guard !counted.isEmpty else { return [] }
        var added = Sums()
        for each in counted {
            added.add(
                Spending(
                    tokens: each.tokens, cost: each.cost, heldTokens: -each.heldTokens, heldCost: -each.heldCost),
                to: each.places.allKeys)
        }
        let sums = try Self.add(added, rules, at: moment, session)
        return try finish(counted.map(\.places), sums, rules, at: moment, session)
    }

    private static let customersAreKept = Duration.seconds(3 * 86_400)

    private static func add(
        _ added: Sums,
        _ rules: BudgetRules,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> Sums {
        let rows = added.byKey.sorted { $0.key < $1.key }.map { key, sum -> [SQLValue] in
            let isKept =
                key.scope == SpendingKey.shop || key.scope.hasPrefix("purpose:") || key.period.hasPrefix("c")
            return [
                .text(key.scope), .text(key.period), .integer(sum.tokens), .integer(sum.cost),
                .text(rules.price.currency.code), .integer(sum.answers), .integer(sum.heldTokens),
                .integer(sum.heldCost), isKept ? .null : .moment(moment + customersAreKept),
            ]
        }
        var sums = Sums()
        for row in try session.execute(UsageStatements.add.over(rows)) {
            var row = row.reader
            let (key, spending) = try UsageRow.sum(&row)
            sums.byKey[key] = spending
        }
        return sums
    }

    private static func sums(
        of keys: [SpendingKey],
        _ session: any SQLSession
    ) throws -> [SpendingKey: Spending] {
        guard !keys.isEmpty else { return [:] }
        var sums: [SpendingKey: Spending] = [:]
        for row in try session.execute(UsageStatements.sums.over(keys.map { [.text($0.scope), .text($0.period)] })) {
            var row = row.reader
            let (key, spending) = try UsageRow.sum(&row)
            sums[key] = spending
        }
        return sums
    }

    /// The last statements of a transaction: what was not told yet of the sums, into the audit log as well.
    private static func finish(
        _ places: [SpendingPlaces],
        _ sums: Sums,
        _ rules: BudgetRules,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> [BudgetAlert] {
        var spans: [SpendingKey: Budget.Span] = [:]
        for place in places { for (span, key) in place.keys { spans[key] = span } }
        let alerts = spans.sorted { $0.key < $1.key }.flatMap { key, span in
            rules.alerts(on: sums[key], of: span, key)
        }
        guard !alerts.isEmpty else { return [] }
        let rows = alerts.map { alert -> [SQLValue] in
            [
                .text(alert.key.scope), .text(alert.key.period), .text(alert.budget.rawValue),
                .text(alert.level.rawValue), .integer(alert.bound), .moment(moment),
            ]
        }
        let new = Set(
            try session.execute(UsageStatements.alert.over(rows)).map { row in
                var row = row.reader
                return [try row.text(), try row.text(), try row.text(), try row.text()]
            })
        let told = alerts.filter {
            new.contains([$0.key.scope, $0.key.period, $0.budget.rawValue, $0.level.rawValue])
        }
        let written = try AuditTrail.append(told.map(\.event), by: .system, at: moment, session)
        if !written.isEmpty { _ = try session.finish(written) }
        return told
    }
}

/// Sums by their keys, changed together.
private struct Sums {
    var byKey: [SpendingKey: Spending] = [:]

    subscript(key: SpendingKey) -> Spending { byKey[key] ?? Spending() }

    mutating func touch(_ keys: [SpendingKey]) { add(Spending(), to: keys) }

    mutating func add(_ spending: Spending, to keys: [SpendingKey]) {
        for key in keys { byKey[key, default: Spending()].add(spending) }
    }
}
