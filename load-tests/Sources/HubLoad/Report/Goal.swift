/// One line of what the hub must show: a figure and what it may be at most.
struct Goal {
    let title: String
    let value: (Results) -> Double?
    let atMost: Double
    let aim: Double?

    init(_ title: String, atMost: Double, aim: Double? = nil, _ value: @escaping (Results) -> Double?) {
        self.title = title
        self.value = value
        self.atMost = atMost
        self.aim = aim
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
        if let aim, value <= aim {
            return "aim reached"
        }
        return value <= atMost ? "met" : "missed"
    }

    static func table(_ goals: [Goal], _ results: Results) -> TextTable {
        var table = TextTable(head: ["goal", "measured", "at most", "aim", ""])
        for goal in goals {
            table.rows.append([
                goal.title, Number.short(goal.value(results)), Number.short(goal.atMost), Number.short(goal.aim),
                goal.verdict(on: results),
            ])
        }
        return table
    }
}
