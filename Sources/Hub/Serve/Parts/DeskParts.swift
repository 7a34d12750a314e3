import Actors
import Domain
import RestFacade
import Storage

/// The tools of the inbox, and what keeps the promises of time.
struct DeskParts {
    let resources: DeskResources
    let keeper: CaseKeeper

    init(_ hub: HubContext, _ messaging: MessagingParts, _ mail: MailParts, _ model: ModelAccount) {
        let stores = hub.stores
        resources = DeskResources(
            cannedReplies: stores.cannedReplies,
            labels: stores.labels,
            ratings: stores.ratings,
            mentions: stores.mentions,
            routing: messaging.routing,
            rooms: stores.rooms,
            conversations: stores.conversations,
            teams: stores.teams,
            gateway: messaging.rooms,
            hours: hub.hours,
            mail: mail.desk,
            continuations: mail.continuations
        )
        keeper = CaseKeeper(
            cases: stores.cases,
            rooms: stores.rooms,
            gateway: messaging.rooms,
            inbox: messaging.inbox,
            clerk: CaseClerk(conversations: stores.conversations, hours: hub.hours, doorman: model.doorman),
            now: hub.now,
            logger: hub.logger
        )
    }
}
