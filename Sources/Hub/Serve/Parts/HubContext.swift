import Actors
import Domain
import Integrations
import Logging
import NIOPosix
import Storage

/// What every part of the hub is made from.
struct HubContext {
    let configuration: HubConfiguration
    let prepared: Preparation.Outcome
    /// Accounts with outside services: what owners stored, else what the configuration says.
    let outside: Live<Outside>
    let group: MultiThreadedEventLoopGroup
    let logger: Logger
    let now: @Sendable () -> Timestamp

    var limits: Limits { configuration.limits }
    var stores: StoreSet { prepared.stores }
    var hours: HoursBook { HoursBook(settings: stores.settings, teams: stores.teams, zones: SystemTimeZones()) }
}
