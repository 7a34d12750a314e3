import Domain

extension AppendBatch.Brought {
    /// Write down where the message stands, and that its file is owed.
    var statements: [SQLStatement] {
        let values: [SQLValue] = [
            .text(origin.id), .id(place.room), .seq(place.seq), .moment(origin.sentAt), .json(origin.context),
        ]
        let placed = SQLStatement(WhatsAppStatements.place, values)
        guard let file = origin.file else { return [placed] }
        let owed = WhatsAppFile(
            message: origin.id, number: file.number, place: place, author: author, media: file.media,
            sentAt: origin.sentAt)
        return [placed, SQLWhatsAppFileStore.owe(owed)]
    }
}
