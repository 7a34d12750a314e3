import HubTestKit
import Testing

@testable import Domain

@Suite struct ZidUpkeepNotesTests {
    private static let now = Samples.start
    private static let keys = ["authorization_token": "a", "manager_token": "m"]

    private static func config(_ end: Timestamp? = nil) throws -> IntegrationConfig {
        let sealed = try #require(
            SealedSecret(
                "v1|A256GCM|local:k1|\(Base64URL.encode(Array(repeating: 7, count: 60)))|\(Base64URL.encode(Array(repeating: 1, count: 12)))|\(Base64URL.encode(Array(repeating: 2, count: 20)))"
            ))
        var config = IntegrationConfig(id: .make(at: now), type: .zid, at: now)
        config.version = 4
        config.values = ["client_id": "48"]
        config.values[ZidKeyLife.endField] = end?.rfc3339
        for name in ["client_secret", "refresh_token"] { config.secrets[name] = .init(sealed: sealed, changedAt: now) }
        return config
    }

    private static func notes(_ config: IntegrationConfig?, _ stored: [String: String] = keys) -> ZidUpkeepNotes {
        ZidUpkeepNotes(IntegrationValues(.zid, stored: stored, environment: [:]), config: config, at: now)
    }

    private static func upkeep(_ kind: ZidUpkeep.Kind, _ change: (inout ZidUpkeep) -> Void = { _ in }) -> ZidUpkeep {
        var upkeep = ZidUpkeep(kind)
        upkeep.version = 4
        change(&upkeep)
        return upkeep
    }

    @Test func onlyWhatIsConnectedIsKeptUp() throws {
        #expect(try Self.notes(nil).isConnected && Self.notes(Self.config()).isConnected)
        #expect(!Self.notes(nil, [:]).isConnected)
        var off = try Self.config()
        off.isEnabled = false
        #expect(!Self.notes(off).isConnected)
    }

    @Test func whatIsMissingIsNamed() throws {
        let note = Self.notes(nil, Self.keys.merging(["client_id": "48"]) { $1 }).keys(Self.upkeep(.keys))
        #expect(note.state == .off && note.finding == nil)
        #expect(note.message.en.contains("client_secret, refresh_token") && !note.message.en.contains("client_id,"))
    }

    @Test func keysAreBeingRenewedThenGoodThenWaitingThenLost() throws {
        let end = Self.now + .seconds(86_400)
        #expect(try Self.notes(Self.config()).keys(Self.upkeep(.keys)).state == .waiting)
        let good = Self.notes(try Self.config(end)).keys(Self.upkeep(.keys))
        #expect(good.state == .good && good.at == end && good.finding == nil)
        let waiting = Self.notes(try Self.config(end)).keys(Self.upkeep(.keys) { $0.problem = .unreachable })
        #expect(waiting.state == .waiting && waiting.finding == nil && waiting.message.en.contains("tries again"))
        for problem in [ZidUpkeepProblem.grantRefused, .answerLost, .clientRefused, .addressForbidden] {
            let lost = Self.notes(try Self.config(end)).keys(
                Self.upkeep(.keys) {
                    $0.problem = problem
                    $0.isGivenUp = true
                })
            #expect(lost.state == .failing && lost.finding?.outcome == problem.outcome && lost.at == end)
            #expect(lost.message.en.contains("until they end"))
        }
        let over = Self.notes(try Self.config(Self.now)).keys(
            Self.upkeep(.keys) {
                $0.problem = .grantRefused
                $0.isGivenUp = true
            })
        #expect(over.message.en.contains("have ended"))
        #expect(over.message.ar.contains("انتهت"))
    }

    @Test func whatWentWrongWithOtherValuesIsNothing() throws {
        let note = Self.notes(try Self.config(Self.now + .seconds(9))).keys(
            Self.upkeep(.keys) {
                $0.version = 3
                $0.problem = .grantRefused
                $0.isGivenUp = true
            })
        #expect(note.state == .good)
    }

    @Test func webhooksAreOffThenBeingRegisteredThenGood() throws {
        let notes = Self.notes(try Self.config())
        let off = notes.webhooks(Self.upkeep(.webhooks), isReachable: false)
        #expect(off.state == .off && off.message.en.contains("PUBLIC_URL"))
        #expect(notes.webhooks(Self.upkeep(.webhooks), isReachable: true).state == .waiting)
        let good = notes.webhooks(Self.upkeep(.webhooks) { $0.doneAt = Self.now }, isReachable: true)
        #expect(good.state == .good && good.at == Self.now)
    }

    @Test(arguments: ZidUpkeepProblem.allCases)
    func whatLastsIsToldToATest(_ problem: ZidUpkeepProblem) throws {
        let note = Self.notes(try Self.config()).webhooks(
            Self.upkeep(.webhooks) { $0.problem = problem }, isReachable: true)
        #expect(note.state == (problem.outcome == nil ? .waiting : .failing))
        #expect(note.finding?.outcome == problem.outcome)
        #expect(!problem.words.ar.isEmpty && !problem.words.en.isEmpty)
        #expect(note.message.ar.count <= 500 && note.message.en.count <= 500)
    }
}
