import Actors
import Domain
import Integrations
import RestFacade
import Storage

/// The tools of the inbox: canned replies and business hours.
struct DeskParts {
    let resources: DeskResources

    init(_ hub: HubContext, _ messaging: MessagingParts) {
        let stores = hub.stores
        resources = DeskResources(
            cannedReplies: stores.cannedReplies,
            conversations: stores.conversations,
            teams: stores.teams,
            gateway: messaging.rooms,
            hours: HoursBook(settings: stores.settings, zones: SystemTimeZones())
        )
    }
}
