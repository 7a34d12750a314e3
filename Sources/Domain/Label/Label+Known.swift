extension Label {
    /// What a conversation carries in which a customer left a message for the team.
    ///
    /// A shop may change its colour; one that renames or removes it gets it again with the next message.
    package static func message(id: LabelID, at moment: Timestamp) -> Label {
        var label = Label(id: id, at: moment)
        label.nameAr = "رسالة للفريق"
        label.nameEn = "Message for the team"
        label.color = "#B45309"
        return label
    }
}
