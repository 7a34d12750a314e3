package import Domain
package import Logging
import ServiceLifecycle

/// Writes to visitors who left before they read an answer.
///
/// It reads the logs behind the commit, on every hub. A mail is owed in the transaction that writes down what it tells
/// of, over the row that was read alone. So no message is told of twice, however many hubs look, and a hub that dies
/// leaves nothing half done. Whether a visitor is connected is known to their hub alone: it says so as long as
/// somebody has to know, and a visitor counts as gone when none has said so for several looks.
package struct FollowUpKeeper: Service {
    /// Events of a conversation that are read at once.
    static let page = 200

    private let store: any FollowUpStore
    private let rooms: any RoomStore
    private let sessions: SessionDirectory
    private let desk: MailDesk
    private let hours: HoursBook
    private let limits: FollowUpLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        store: any FollowUpStore,
        rooms: any RoomStore,
        sessions: SessionDirectory,
        desk: MailDesk,
        hours: HoursBook,
        limits: FollowUpLimits = FollowUpLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.rooms = rooms
        self.sessions = sessions
        self.desk = desk
        self.hours = hours
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await keep() }
    }

    private func keep() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: limits.interval)
            do {
                try await look()
            } catch {
                logger.debug("visitors who left wait", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Looks once at all conversations that may owe their visitor a mail.
    package func look() async throws {
        guard let mailbox = desk.mailbox else { return }
        let shop = try await hours.shop()
        guard var rules = shop.followUp else { return }
        rules.absence = limits.interval * limits.looks
        var last: RoomID?
        while true {
            let files = try await store.unsettled(since: now() - rules.maxAge, after: last, limit: Self.page)
            try await work(on: files, rules, shop, mailbox)
            guard files.count == Self.page else { return }
            last = files.last?.room
        }
    }

    private func work(
        on files: [FollowUpFile],
        _ rules: FollowUpRules,
        _ shop: ShopProfile,
        _ mailbox: EmailAddress
    ) async throws {
        var settled: [(room: RoomID, upTo: SequenceNumber)] = []
        var here: [RoomID] = []
        for file in files {
            let events = try await rooms.events(of: file.room, after: file.known, limit: Self.page)
            let decision = FollowUpDecision.decide(file, events, rules, now: now())
            if case .settled = decision {
                settled.append((file.room, events.last?.seq ?? file.head))
            } else if sessions.isHere(file.visitor) {
                here.append(file.room)
            } else if case .tell(let after, let upTo, let count) = decision {
                guard let recipient = EmailAddress(file.address) else {
                    settled.append((file.room, upTo))
                    continue
                }
                let order = MailOrder(
                    .followUp(after: after, upTo: upTo), of: file.room, in: shop.language(ofLocale: file.locale))
                try await tell(file, order, upTo, count, to: recipient, from: mailbox)
            }
        }
        if !settled.isEmpty { try await store.settle(settled) }
        if !here.isEmpty { try await store.noteHere(here, at: now()) }
    }

    private func tell(
        _ file: FollowUpFile,
        _ order: MailOrder,
        _ upTo: SequenceNumber,
        _ count: Int,
        to recipient: EmailAddress,
        from mailbox: EmailAddress
    ) async throws {
        let moment = now()
        let mail = MailPost(
            id: .make(at: moment),
            from: mailbox.text,
            to: recipient,
            order,
            author: .hub,
            mid: .following(upTo, "follow-up"),
            note: "غادر الزائر، فيُرسل إليه بالبريد ما لم يقرأه (\(count)) · The visitor left: what they have not read "
                + "(\(count)) goes out by e-mail"
        )
        if let posted = try await store.owe(mail, replacing: file, at: moment) { desk.posted(posted) }
    }
}
