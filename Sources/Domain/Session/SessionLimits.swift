/// What one connection may do.
package struct SessionLimits: Sendable, Equatable {
    /// Time for the first `auth`; long enough for a phone on a bad network.
    package var authTimeout: Duration = .seconds(10)
    /// Operations at once before the bucket is empty.
    package var operationBurst = 60.0
    /// Operations that flow back per second: more than a person types, less than a flood.
    package var operationsPerSecond = 20.0
    /// Refused frames within `errorWindow` that close the connection.
    package var maxErrors = 20
    package var errorWindow: Duration = .seconds(5)
    /// How long before its token ends a connection is told.
    package var tokenWarning: Duration = .seconds(60)
    /// Frames that may wait for a running `auth`.
    package var maxFramesBeforeAuth = 64

    package init() {}
}
