/// One line of what the hub must show: a figure and its bound.
struct Goal {
    enum Bound {
        case atMost(Double)
        case atLeast(Double)

        func holds(for value: Double) -> Bool {
            switch self {
            case .atMost(let limit): value <= limit
            case .atLeast(let limit): value >= limit
            }
        }

        var text: String {
            switch self {
            case .atMost(let limit): "≤ \(Number.short(limit))"
            case .atLeast(let limit): "≥ \(Number.short(limit))"
            }
        }
    }

    let title: String
    let value: (Results) -> Double?
    let bound: Bound
    let aim: Bound?

    init(_ title: String, atMost: Double, aim: Double? = nil, _ value: @escaping (Results) -> Double?) {
        self.title = title
        self.value = value
        bound = .atMost(atMost)
        self.aim = aim.map { .atMost($0) }
    }

    init(_ title: String, atLeast: Double, aim: Double, _ value: @escaping (Results) -> Double?) {
        self.title = title
        self.value = value
        bound = .atLeast(atLeast)
        self.aim = .atLeast(aim)
    }

    /// The CPU for each delivery as a multiple of another run's.
    init(
        _ title: String,
        _ run: (target: String, plan: Plan),
        over other: (target: String, plan: Plan),
        atMost: Double,
        aim: Double? = nil
    ) {
        self.init(title, atMost: atMost, aim: aim) { results in
            guard let ours = results.run(run.target, run.plan.title)?.cpuPerDelivery,
                let theirs = results.run(other.target, other.plan.title)?.cpuPerDelivery
            else { return nil }
            return ours / theirs
        }
    }

    func verdict(on results: Results) -> String {
        guard let value = value(results) else { return "not measured" }
        if let aim, aim.holds(for: value) {
            return "aim reached"
        }
        return bound.holds(for: value) ? "met" : "missed"
    }

    static func table(_ goals: [Goal], _ results: Results) -> TextTable {
        var table = TextTable(head: ["goal", "measured", "required", "aim", "verdict"])
        for goal in goals {
            table.rows.append([
                goal.title, Number.short(goal.value(results)), goal.bound.text, goal.aim?.text ?? "–",
                goal.verdict(on: results),
            ])
        }
        return table
    }
}
