package import Domain

/// Finds the words of mails when they are about to leave: what was read, deleted or erased meanwhile is not in them.
package struct MailWriter: LetterWriter {
    private let rooms: any RoomStore
    private let conversations: any ConversationStore
    private let followUps: any FollowUpStore
    private let hours: HoursBook
    private let links: any ContinuationTokens
    private let publicURL: String?
    private let limits: MailLimits
    private let now: @Sendable () -> Timestamp

    /// - Parameter publicURL: Without one nobody is written to who left.
    package init(
        rooms: any RoomStore,
        conversations: any ConversationStore,
        followUps: any FollowUpStore,
        hours: HoursBook,
        links: any ContinuationTokens,
        publicURL: String?,
        limits: MailLimits = MailLimits(),
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.rooms = rooms
        self.conversations = conversations
        self.followUps = followUps
        self.hours = hours
        self.links = links
        self.publicURL = publicURL
        self.limits = limits
        self.now = now
    }

    package func letter(for order: MailOrder, to recipient: EmailAddress) async throws -> LetterDraft {
        let shop = try await hours.shop()
        let words = TranscriptWords(
            language: order.language,
            shopName: shop.name(in: order.language),
            zone: hours.hours(of: shop, at: now()).zone
        )
        switch order.purpose {
        case .transcript:
            return try await transcript(of: order.conversation, words)
        case .followUp(let after, let upTo):
            guard let rules = shop.followUp, let publicURL else { return .nothing(.followUpOff) }
            return try await followUp(order.conversation, after, upTo, to: recipient, words, rules, publicURL)
        case .message(let seq):
            return try await message(seq, of: order.conversation, words)
        }
    }

    private func message(
        _ seq: SequenceNumber,
        of room: RoomID,
        _ words: TranscriptWords
    ) async throws -> LetterDraft {
        let before = SequenceNumber(seq.value - 1)
        let history = FoldedHistory(
            try await rooms.history(of: room, HistoryPage(position: .after(before), limit: 1)))
        guard let message = history.messages.first, message.event.seq == seq, let body = message.body else {
            return .nothing(.messageGone)
        }
        return .letter(MessageLetter.letter(body.fullText, room == .alerts ? .alert : .order, words: words))
    }

    private func transcript(of room: RoomID, _ words: TranscriptWords) async throws -> LetterDraft {
        let (text, page) = (TranscriptText(words), TranscriptPage(words))
        var (plain, html) = (text.head(), page.head())
        var reader = TranscriptReader(rooms: rooms, room: room, notes: nil)
        while let lines = try await reader.next() {
            plain += lines.map(text.text).joined()
            html += lines.map(page.text).joined()
            guard html.utf8.count <= limits.maxTranscriptBytes else { return .nothing(.transcriptTooLong) }
        }
        return .letter(
            MailLetter(
                senderName: words.shopName,
                subject: words.title,
                text: plain + text.foot(),
                html: html + page.foot()
            ))
    }

    private func followUp(
        _ room: RoomID,
        _ after: SequenceNumber,
        _ upTo: SequenceNumber,
        to recipient: EmailAddress,
        _ words: TranscriptWords,
        _ rules: FollowUpRules,
        _ publicURL: String
    ) async throws -> LetterDraft {
        guard let file = try await followUps.file(of: room), EmailAddress(file.address) == recipient,
            let visitor = try await conversations.visitor(file.visitor),
            let token = links.make(for: visitor, until: now() + rules.linkLifetime)
        else { return .nothing(.noAddress) }
        let start = max(after, file.readUpTo)
        let history = FoldedHistory(
            try await rooms.history(of: room, HistoryPage(position: .after(start), limit: FollowUpKeeper.page)))
        let unread = UnreadMessages(history.messages.map(\.event), behind: start)
        let messages = history.messages.filter { message in
            message.body != nil && message.event.seq <= upTo
                && unread.messages.contains { $0.seq == message.event.seq }
        }
        guard !messages.isEmpty else { return .nothing(.readMeanwhile) }
        let link = "\(publicURL)/continue?lang=\(words.language.rawValue)#\(token)"
        return .letter(FollowUpLetter.letter(messages, link: link, words: words))
    }
}

extension OutboxProblem {
    fileprivate static let followUpOff = OutboxProblem(
        StatusMessage(
            ar: "أُوقفت رسائل المتابعة في الإعدادات", en: "Writing to visitors who left was turned off"))

    fileprivate static let messageGone = OutboxProblem(
        StatusMessage(ar: "حُذفت الرسالة قبل إرسالها", en: "The message was deleted before it was sent"))

    fileprivate static let noAddress = OutboxProblem(
        StatusMessage(ar: "لم يعد للزائر هذا العنوان", en: "The visitor does not have this address any more"))

    fileprivate static let readMeanwhile = OutboxProblem(
        StatusMessage(
            ar: "قرأ الزائر الرسائل قبل الإرسال فلم تُرسل", en: "The visitor read it before, so nothing was sent"))

    fileprivate static let transcriptTooLong = OutboxProblem(
        StatusMessage(
            ar: "المحادثة أطول من أن تُرسل بالبريد: نزّلها ملفًا",
            en: "The conversation is too long for an e-mail: download it instead"))
}
