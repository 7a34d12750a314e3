import Domain

/// Runs one check, which never takes longer than it may.
struct CheckRun: Sendable {
    let timeout: Duration
    let now: @Sendable () -> Timestamp

    func report(of check: any StatusCheck) async -> StatusReport {
        let clock = ContinuousClock()
        let start = clock.now
        let finding = await withTaskGroup(of: StatusFinding?.self) { group in
            group.addTask { await check.find() }
            group.addTask {
                try? await Task.sleep(for: self.timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .tooLate
        }
        return StatusReport(name: check.name, finding: finding, latency: clock.now - start, checkedAt: now())
    }
}

extension StatusFinding {
    fileprivate static let tooLate = StatusFinding(
        .unreachable,
        StatusMessage(
            ar: "لا جواب في الوقت المحدد: حاول بعد قليل وتحقق من الشبكة",
            en: "No answer in time: try again in a while, and check the network."))
}
