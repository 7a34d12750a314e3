/// Measurements of one kind, as they stand now.
///
/// Labels are few and their values known beforehand: routes, directions, states. Never ids, names or addresses.
package struct MetricFamily: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Only rises, until the process ends.
        case counter
        case gauge
        case histogram
    }

    package struct Sample: Sendable, Equatable {
        /// What follows the family's name: `_bucket`, `_sum`, `_count`.
        package let suffix: String
        package let labels: [Label]
        package let value: Double
    }

    package struct Label: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// With its unit, and `_total` for a counter.
    package let name: String
    package let help: String
    package let kind: Kind
    package let samples: [Sample]

    private init(_ name: String, _ help: String, _ kind: Kind, _ samples: [Sample]) {
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }

    package static func counter(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        counter(name, help, [([], value)])
    }

    package static func counter(_ name: String, _ help: String, _ values: [([Label], Double)]) -> MetricFamily {
        MetricFamily(name, help, .counter, values.map { Sample(suffix: "", labels: $0, value: $1) })
    }

    package static func gauge(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
        gauge(name, help, [([], value)])
    }

    package static func gauge(_ name: String, _ help: String, _ values: [([Label], Double)]) -> MetricFamily {
        MetricFamily(name, help, .gauge, values.map { Sample(suffix: "", labels: $0, value: $1) })
    }

    package static func histogram(
        _ name: String,
        _ help: String,
        _ values: [([Label], Histogram)]
    ) -> MetricFamily {
        MetricFamily(name, help, .histogram, values.flatMap { $1.samples($0) })
    }
}

/// What can be measured; asked when somebody looks, never before.
package protocol MetricSource: Sendable {
    func families() async -> [MetricFamily]
}
