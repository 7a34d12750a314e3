import Foundation

/// The running fake: the world, what shall go wrong, and the way to the webhook.
actor WhatsAppFake {
    private(set) var world: WhatsAppWorld
    private var faults: [Fault] = []
    let webhook: WebhookSender

    init(_ settings: WhatsAppSettings, webhook: WebhookSender) {
        world = WhatsAppWorld(settings, at: Self.now)
        self.webhook = webhook
    }

    static var now: Double { Date().timeIntervalSince1970 }

    /// Changes the world between two requests.
    func change<Result: Sendable>(_ change: (inout WhatsAppWorld) throws -> Result) rethrows -> Result {
        try change(&world)
    }

    // MARK: What goes wrong

    func add(_ fault: Fault) {
        faults.append(fault)
    }

    /// The fault that this request meets, if any.
    func nextFault(in part: String) -> Fault? {
        guard let place = faults.firstIndex(where: { $0.part == part && $0.times > 0 }) else { return nil }
        faults[place].times -= 1
        return faults[place]
    }

    // MARK: What happens

    /// A customer writes; the id of the message, or nil for nobody.
    func receive(_ content: JSON, from customer: String) async -> String? {
        guard let value = world.receive(content, from: customer, at: Self.now) else { return nil }
        await webhook.send(.init(field: "messages", value: value))
        return value["messages"]?.array?.first?["id"]?.string
    }

    /// The business sends.
    func send(_ body: JSON) async throws -> JSON {
        let accepted = try world.send(body, at: Self.now)
        var fate = accepted.fate
        if world.settings.statusComesFirst, !fate.isEmpty {
            await tell(fate.removeFirst(), of: accepted.id)
        }
        let rest = fate
        let delay = world.settings.statusDelay
        Task {
            for status in rest {
                try? await Task.sleep(for: .milliseconds(delay))
                await tell(status, of: accepted.id)
            }
        }
        return accepted.answer
    }

    /// Tells a status, also one that a test makes up.
    func tell(_ status: WhatsAppWorld.Status, of id: String) async {
        guard let value = world.tell(status, of: id, at: Self.now) else { return }
        await webhook.send(.init(field: "messages", value: value))
    }
}
