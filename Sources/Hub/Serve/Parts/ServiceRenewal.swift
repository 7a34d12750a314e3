import Actors
import Domain

/// Has all that uses a service work with what its owner stored.
struct ServiceRenewal {
    let whatsApp: WhatsAppAccount
    let model: ModelAccount
    let knowledge: KnowledgeParts
    let outlets: OutletAccounts
    let zid: ZidParts
    let relay: OutboxRelay

    /// What is under way ends with the client that it began with; what is owed leaves with the new one.
    func renew(_ type: IntegrationType, _ outside: Outside) async {
        switch type {
        case .whatsApp: whatsApp.renew(outside)
        case .sms: outlets.renewTwilio(outside)
        case .email: outlets.renewSendGrid(outside)
        case .googleCalendar: await outlets.renewCalendar(outside)
        case .slack: outlets.renewSlack(outside)
        case .zid: await zid.renew(outside)
        case .openAI:
            model.renew(outside)
            await knowledge.renew(outside)
        case .seha, .tatman:
            // Nothing of the hub uses these but their tests.
            break
        }
        if let channel = type.channel { await relay.renewed(channel) }
    }
}
