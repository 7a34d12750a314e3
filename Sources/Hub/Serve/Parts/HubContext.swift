import Domain
import Logging
import NIOPosix
import Storage

/// What every part of the hub is made from.
struct HubContext {
    let configuration: HubConfiguration
    let prepared: Preparation.Outcome
    let group: MultiThreadedEventLoopGroup
    let logger: Logger
    let now: @Sendable () -> Timestamp

    var limits: Limits { configuration.limits }
    var stores: StoreSet { prepared.stores }
}
