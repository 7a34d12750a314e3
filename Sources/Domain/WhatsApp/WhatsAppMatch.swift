/// Decides whose a message is, among the identities that share its user id or its phone.
package enum WhatsAppMatch: Sendable, Equatable {
    /// One that is there, brought up to date. `releasing` is another one whose number this person has now.
    case known(WhatsAppIdentity, releasing: WhatsAppIdentityID?)
    /// Nobody we know. `releasing` as above: the number was given to somebody else.
    case newcomer(releasing: WhatsAppIdentityID?)

    /// The user id decides where both sides have one: phone numbers are given to new people, ids are not.
    package init(_ person: WhatsAppPerson, among identities: [WhatsAppIdentity]) {
        let byUser = person.userID.flatMap { id in identities.first { $0.userID == id } }
        let byPhone = person.phone.flatMap { phone in identities.first { $0.phone == phone } }
        switch (byUser, byPhone) {
        case (let identity?, nil):
            self = .known(identity.updated(with: person, takesPhone: true), releasing: nil)
        case (let identity?, let holder?) where holder.id == identity.id:
            self = .known(identity.updated(with: person, takesPhone: true), releasing: nil)
        case (let identity?, let holder?):
            // A holder without an id is this person from before ids were told: its conversation keeps the number.
            let isOther = holder.userID != nil
            self = .known(identity.updated(with: person, takesPhone: isOther), releasing: isOther ? holder.id : nil)
        case (nil, let holder?):
            if holder.userID == nil || person.userID == nil {
                self = .known(holder.updated(with: person, takesPhone: true), releasing: nil)
            } else {
                self = .newcomer(releasing: holder.id)
            }
        case (nil, nil):
            self = .newcomer(releasing: nil)
        }
    }
}
