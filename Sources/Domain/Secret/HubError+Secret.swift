extension HubError {
    /// Altered, moved, or sealed by another key under the same name: which of them is not told.
    package static let cannotOpenSecret = HubError(.internal, "A stored secret cannot be opened.")

    package static func keyNotAvailable(_ key: KeyName) -> HubError {
        HubError(
            .internal,
            "A stored secret was sealed by the key \(key), which this hub does not have. See: hub keys status"
        )
    }
}
