/// How often a measurement fell below each of some bounds.
package struct Histogram: Sendable, Equatable {
    /// Rising.
    package let bounds: [Double]
    /// By the first bound that is not below; the last is for those above all.
    private var counts: [UInt64]
    private var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// In seconds: from a read of the cache to a wait that people notice.
    package static var latency: Histogram {
        Histogram(bounds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
    }

    /// Of things in a batch.
    package static var batchSize: Histogram {
        Histogram(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000])
    }

    package mutating func record(_ value: Double) {
        let place = bounds.firstIndex { value <= $0 } ?? bounds.count
        counts[place] += 1
        sum += value
    }

    package var count: UInt64 { counts.reduce(0, +) }

    func samples(_ labels: [MetricFamily.Label]) -> [MetricFamily.Sample] {
        var below: UInt64 = 0
        var samples: [MetricFamily.Sample] = []
        for (place, count) in counts.enumerated() {
            below += count
            let bound = place < bounds.count ? MetricText.number(bounds[place]) : "+Inf"
            let label = MetricFamily.Label("le", bound)
            samples.append(.init(suffix: "_bucket", labels: labels + [label], value: Double(below)))
        }
        samples.append(.init(suffix: "_sum", labels: labels, value: sum))
        samples.append(.init(suffix: "_count", labels: labels, value: Double(below)))
        return samples
    }
}
