import Testing

@testable import Domain

@Suite struct MetricTextTests {
    @Test func familiesAreWrittenAsPrometheusReadsThem() {
        var histogram = Histogram(bounds: [0.5, 1])
        for value in [0.5, 0.75, 3] { histogram.record(value) }
        let families: [MetricFamily] = [
            .counter("a_total", "Things.\nTwo \\ lines.", [([.init("route", #"/x"\"#)], 2)]),
            .gauge("b", "Now.", 1.5),
            .histogram("c_seconds", "Time.", [([.init("route", "/x")], histogram)]),
        ]
        #expect(
            MetricText.text(families) == #"""
                # HELP a_total Things.\nTwo \\ lines.
                # TYPE a_total counter
                a_total{route="/x\"\\"} 2
                # HELP b Now.
                # TYPE b gauge
                b 1.5
                # HELP c_seconds Time.
                # TYPE c_seconds histogram
                c_seconds_bucket{route="/x",le="0.5"} 1
                c_seconds_bucket{route="/x",le="1"} 2
                c_seconds_bucket{route="/x",le="+Inf"} 3
                c_seconds_sum{route="/x"} 4.25
                c_seconds_count{route="/x"} 3

                """#)
    }

    @Test func aHistogramCountsEverythingOnce() {
        var histogram = Histogram.latency
        for number in 0..<1000 { histogram.record(Double(number) / 50) }
        #expect(histogram.count == 1000)
    }
}
