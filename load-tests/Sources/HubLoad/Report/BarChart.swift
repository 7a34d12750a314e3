/// A bar chart in SVG: groups of bars, one bar for each target.
struct BarChart {
    struct Bar: Equatable {
        let name: String
        let value: Double
    }

    struct Group: Equatable {
        let title: String
        let bars: [Bar]
    }

    let title: String
    let groups: [Group]

    private static let barHeight = 18.0
    private static let groupGap = 34.0
    private static let left = 130.0
    private static let width = 760.0
    /// Room for the number beside the longest bar.
    private static let right = 90.0

    /// Each group has its own scale, because scenarios differ by more than any picture can show.
    var svg: String {
        var body: [String] = []
        var y = 34.0
        for group in groups where !group.bars.isEmpty {
            y += Self.groupGap
            body.append(#"<text x="10" y="\#(y - 8)" class="group">\#(Self.escaped(group.title))</text>"#)
            let longest = group.bars.map(\.value).max() ?? 0
            for bar in group.bars {
                body.append(contentsOf: drawn(bar, longest: longest, y: y))
                y += Self.barHeight + 4
            }
        }
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(y + 12)" role="img">
            <title>\(Self.escaped(title))</title>
            <style>
            text { font: 12px sans-serif; fill: #334; }
            .title { font-size: 15px; font-weight: bold; } .group { font-weight: bold; }
            rect { fill: #9ab; } .hub { fill: #0a7d5a; } .raw { fill: #cdd5dd; }
            </style>
            <rect width="100%" height="100%" style="fill: #fff"/>
            <text x="10" y="24" class="title">\(Self.escaped(title))</text>
            """
        return ([head] + body + ["</svg>\n"]).joined(separator: "\n")
    }

    private func drawn(_ bar: Bar, longest: Double, y: Double) -> [String] {
        let room = Self.width - Self.left - Self.right
        let length = longest > 0 ? max(bar.value / longest * room, 1) : 1
        let kind = bar.name.hasPrefix("hub") ? "hub" : bar.name
        let baseline = y + Self.barHeight - 5
        return [
            #"<text x="\#(Self.left - 8)" y="\#(baseline)" text-anchor="end">\#(Self.escaped(bar.name))</text>"#,
            """
            <rect x="\(Self.left)" y="\(y)" width="\(Self.rounded(length))" height="\(Self.barHeight)" \
            class="\(Self.escaped(kind))"/>
            """,
            #"<text x="\#(Self.rounded(Self.left + length + 6))" y="\#(baseline)">\#(Number.short(bar.value))</text>"#,
        ]
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 10).rounded() / 10
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }
        .joined()
    }
}

extension BarChart {
    /// The CPU for each delivery, and what a connection takes.
    init(_ results: Results) {
        title = "Server CPU for each delivery in µs; memory of an idle connection in KiB"
        groups = results.titles.map { title in
            let runs = results.runs.filter { $0.title == title && $0.failure == nil }
            return Group(
                title: title,
                bars: runs.compactMap { run in
                    let value = run.scenario == .idle ? run.residentPerConnection.map { $0 / 1024 } : run.cpuPerDelivery
                    return value.map { Bar(name: run.target, value: $0) }
                }
            )
        }
    }
}
