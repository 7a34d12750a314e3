/// How codes of paid orders are delivered.
package struct DeliveryLimits: Sendable, Equatable {
    /// Orders that are taken up at once.
    package var batch = 8
    /// Between two looks for orders that another hub took in, or that waited.
    package var interval = Duration.seconds(1)
    /// An order that was not delivered for so long is taken up again, as after the death of its hub. Longer than a hold.
    package var lease = Duration.seconds(60)
    /// Before an order is looked at again that waits for codes, or for its customer.
    package var pause = Duration.seconds(30)
    /// After an outage, from the first pause to the longest.
    package var backoff = Duration.milliseconds(500)...Duration.seconds(60)

    package init() {}

    package func pause(after attempts: Int64) -> Duration {
        min(backoff.upperBound, backoff.lowerBound * (1 << Int(min(max(0, attempts - 1), 20))))
    }
}
