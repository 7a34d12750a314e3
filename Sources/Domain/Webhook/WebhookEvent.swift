/// One delivery of a webhook as it came, kept before anything is done with it.
package struct WebhookEvent: Sendable, Equatable {
    package enum Provider: String, Sendable, CaseIterable {
        case whatsapp, twilio, sendgrid, zid
    }

    /// SHA-256 of the body, and of `about`, in lower-case hex: the same delivery sent again is the same event.
    package let id: String
    package let provider: Provider
    package let receivedAt: Timestamp
    package let body: [UInt8]
    /// What its address said, where that tells what it is about.
    package let about: String?
    /// How often it was taken up, this time included.
    package let attempts: Int64

    package init(
        id: String,
        provider: Provider,
        receivedAt: Timestamp,
        body: [UInt8],
        about: String? = nil,
        attempts: Int64
    ) {
        self.id = id
        self.provider = provider
        self.receivedAt = receivedAt
        self.body = body
        self.about = about
        self.attempts = attempts
    }
}

/// An item of a delivery that could not be finished with the others.
package struct WebhookLeftover: Sendable, Equatable {
    package enum State: Sendable, Equatable {
        /// Until this message of the provider is known.
        case waiting(for: String)
        /// Until a person looks at it.
        case parked
    }

    package let event: String
    /// Which item of the delivery.
    package let place: Int
    package let item: JSONValue
    package let state: State
    /// Why, in plain words.
    package let reason: String
    package let receivedAt: Timestamp
    package let attempts: Int64

    package init(
        event: String,
        place: Int,
        item: JSONValue,
        state: State,
        reason: String,
        receivedAt: Timestamp,
        attempts: Int64 = 0
    ) {
        self.event = event
        self.place = place
        self.item = item
        self.state = state
        self.reason = reason
        self.receivedAt = receivedAt
        self.attempts = attempts
    }
}

/// How many deliveries and items are where.
package struct WebhookCounts: Sendable, Equatable {
    package var new: Int64
    package var parked: Int64
    package var waitingItems: Int64
    package var parkedItems: Int64

    package init(new: Int64, parked: Int64, waitingItems: Int64, parkedItems: Int64) {
        self.new = new
        self.parked = parked
        self.waitingItems = waitingItems
        self.parkedItems = parkedItems
    }
}
