import Testing

@testable import Domain

@Suite struct AlertBoundsTests {
    private let bounds = AlertBounds()
    private let now = Timestamp(milliseconds: 1_000_000_000)

    @Test func aScoreIsBadBelowItsBoundAndWellAboveTheMargin() throws {
        #expect(bounds.health(nil) == nil)
        let bad = try #require(bounds.health(HealthScore([.unreachable, .ok, .ok])))
        #expect(bad.level == .between, "of three tests the last one failed")
        #expect(bounds.health(HealthScore([.badCredential]))?.level == .bad)
        #expect(bounds.health(HealthScore([.ok]))?.level == .good)
        let sends = HealthScore([.ok], sends: ChannelSends(sent: 0, failed: 30))
        #expect(sends?.value == 50)
        #expect(bounds.health(sends)?.message.en == "score 50 of 100 (30/30 failed)")
    }

    @Test func aQueueIsBadWhenItIsLongOrOld() {
        for (waiting, age, level) in [
            (0, 0, AlertReading.Level.good), (100, 900, .good), (101, 0, .between), (1, 901, .between),
            (200, 1800, .between), (201, 0, .bad), (1, 1801, .bad),
        ] as [(Int64, Int64, AlertReading.Level)] {
            let load = QueueLoad(waiting: waiting, oldest: now - .seconds(age))
            #expect(bounds.queue(load, at: now).level == level, "\(waiting) for \(age) s")
        }
        #expect(bounds.queue(QueueLoad(), at: now).level == .good)
    }

    @Test func onlyWhoUsedToSpeakIsSilent() {
        func level(_ hours: Int64?, _ spoken: Int64, isOpen: Bool = false) -> AlertReading.Level? {
            let speech = WebhookSpeech(last: hours.map { now - .seconds($0 * 3600) }, spoken: spoken)
            return bounds.silence(speech, at: now, isOpen: isOpen)?.level
        }
        #expect(level(nil, 0) == nil)
        #expect(level(13, 19) == nil)
        #expect(level(13, 20) == .bad)
        #expect(level(12, 20) == .good)
        #expect(level(1, 1) == .good)
        #expect(level(13, 3, isOpen: true) == .bad, "what it said is forgotten while it is silent")
        #expect(level(nil, 0, isOpen: true) == .bad)
    }

    @Test func theDiskIsBadBelowItsBound() {
        let least = bounds.minFreeBytes
        #expect(bounds.disk(freeBytes: least - 1).level == .bad)
        #expect(bounds.disk(freeBytes: least).level == .between)
        #expect(bounds.disk(freeBytes: least + least / 10).level == .good)
    }

    @Test func failedRequestsAreBadWhenThereAreEnough() {
        for (all, failed, level) in [
            (0, 0, AlertReading.Level.good), (49, 49, .good), (50, 3, .bad), (100, 5, .between), (100, 6, .bad),
            (100, 3, .between), (100, 2, .good),
        ] as [(Int64, Int64, AlertReading.Level)] {
            #expect(bounds.errors(RequestTotals(all: all, failed: failed)).level == level, "\(failed) of \(all)")
        }
    }

    @Test func aWindowCountsWhatWasAddedWithinIt() {
        var window = RequestWindow(.seconds(60))
        let totals = (0...10 as ClosedRange<Int64>).map { RequestTotals(all: $0 * 100, failed: $0) }
        #expect(window.take(totals[0], at: now) == RequestTotals())
        #expect(window.take(totals[1], at: now + .seconds(30)) == totals[1])
        #expect(window.take(totals[2], at: now + .seconds(60)) == totals[2])
        #expect(window.take(totals[3], at: now + .seconds(90)) == RequestTotals(all: 200, failed: 2))
        #expect(window.take(totals[10], at: now + .seconds(600)) == RequestTotals(all: 700, failed: 7))
        #expect(window.take(totals[10], at: now + .seconds(660)) == RequestTotals())
    }
}
