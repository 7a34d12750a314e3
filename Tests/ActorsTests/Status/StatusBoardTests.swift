import Domain
import Logging
import Synchronization
import Testing

@testable import Actors

@Suite struct StatusBoardTests {
    @Test func manyWhoAskAtOnceShareOneRun() async throws {
        let (check, log, clock) = (CountedCheck(), RecordedAudit(), BoardClock())
        let board = Self.board([check], log, clock)
        let all = await withTaskGroup(of: [StatusReport].self) { group in
            for _ in 0..<20 { group.addTask { await board.reports(for: .system) } }
            await check.open()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count == 20 && Set(all.map(\.count)) == [1])
        #expect(await check.runs == 1)
        #expect(log.events.map(\.action) == ["integration.checked"])
    }

    @Test func aResultIsGoodForAWhile() async throws {
        let (check, log, clock) = (CountedCheck(), RecordedAudit(), BoardClock())
        await check.open()
        let board = Self.board([check], log, clock)
        _ = await board.reports(for: .system)
        clock.advance(.milliseconds(9_999))
        _ = await board.reports(for: .system)
        #expect(await check.runs == 1)
        clock.advance(.milliseconds(1))
        _ = await board.reports(for: .system)
        #expect(await check.runs == 2)
        #expect(log.events.count == 2)
    }

    @Test func whoDoesNotAnswerHoldsNobodyUp() async throws {
        let (slow, quick, log) = (CountedCheck(), CountedCheck(), RecordedAudit())
        await quick.open()
        let board = Self.board([slow, quick], log, BoardClock(), timeout: .seconds(2))
        let reports = await board.reports(for: .system)
        #expect(reports.map(\.finding.outcome) == [.unreachable, .ok])
        #expect(reports[0].latency >= .seconds(2))
    }

    @Test func theStatusIsToldWhenItCannotBeWrittenDown() async throws {
        let check = CountedCheck()
        await check.open()
        let board = Self.board([check], RecordedAudit(isAway: true), BoardClock())
        #expect(await board.reports(for: .system).map(\.finding.outcome) == [.ok])
    }

    @Test func whatIsWrittenDownNamesTheServiceAndNoMore() throws {
        let report = StatusReport(
            name: "zid", finding: .notConfigured("ZID_TOKEN"), latency: .milliseconds(3),
            checkedAt: Timestamp(milliseconds: 0))
        #expect(report.event.subject == AuditSubject(kind: "integration", id: "zid"))
        #expect(report.event.after?["ok"]?.bool == false && report.event.after?["configured"]?.bool == false)
        #expect(report.document["message"]?.string?.contains("ZID_TOKEN") == true)
    }

    private static func board(
        _ checks: [any StatusCheck],
        _ log: RecordedAudit,
        _ clock: BoardClock,
        timeout: Duration = .seconds(30)
    ) -> StatusBoard {
        StatusBoard(
            checks, audit: log, interval: .seconds(10), timeout: timeout, now: { clock.now },
            logger: Logger(label: "status") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// A service that answers when it is told to.
private actor CountedCheck: StatusCheck {
    nonisolated let name = "service"
    nonisolated let isIntegration = true
    private(set) var runs = 0
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    func find() async -> StatusFinding {
        runs += 1
        if !isOpen {
            await withTaskCancellationHandler {
                await withCheckedContinuation { waiting.append($0) }
            } onCancel: {
                Task { await self.open() }
            }
        }
        return StatusFinding(.ok, StatusMessage(ar: "نعم", en: "Yes."))
    }
}

private final class RecordedAudit: AuditLog {
    private let recorded = Mutex<[AuditEvent]>([])
    private let isAway: Bool

    init(isAway: Bool = false) {
        self.isAway = isAway
    }

    var events: [AuditEvent] { recorded.withLock { $0 } }

    func record(_ events: [AuditEvent], by actor: AuditActor, at moment: Timestamp) async throws {
        if isAway { throw HubError.unavailable() }
        recorded.withLock { $0 += events }
    }
}

private final class BoardClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_790_000_000_000)

    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

    func advance(_ duration: Duration) {
        milliseconds.withLock { $0 += duration.milliseconds }
    }
}
