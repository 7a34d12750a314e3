/// Something as it stands now; the next look may find another.
///
/// Whoever acts on it looks once, and ends with what they began with.
package struct Live<Value: Sendable>: Sendable {
    private let look: @Sendable () -> Value

    package init(_ look: @escaping @Sendable () -> Value) {
        self.look = look
    }

    /// What stays as it is.
    package init(always value: Value) {
        look = { value }
    }

    package var now: Value { look() }

    package func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> Live<Other> {
        Live<Other> { [look] in transform(look()) }
    }
}

extension Live: MetricSource where Value == (any MetricSource)? {
    /// What there is to tell of what is there now.
    package func families() async -> [MetricFamily] { await now?.families() ?? [] }
}
