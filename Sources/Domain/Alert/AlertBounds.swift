/// Where readings turn bad, and where they are well again.
///
/// The two bounds of a rule lie apart, so that what stands at one of them does not fire again and again.
package struct AlertBounds: Sendable, Equatable {
    /// Of 100; below it an integration is bad.
    package var minHealth: Int64 = 50
    /// How far above it is well again.
    package var healthMargin: Int64 = 20
    /// Entries that wait; well again at half of it, as with all bounds of queues.
    package var maxWaiting: Int64 = 200
    package var maxWait = Duration.seconds(1800)
    /// For a service that used to speak.
    package var maxSilence = Duration.seconds(43_200)
    /// So many webhooks in `spokenWithin` are used to speaking.
    package var minSpoken: Int64 = 20
    package var spokenWithin = Duration.seconds(7 * 86_400)
    package var minFreeBytes: Int64 = 2 * 1024 * 1024 * 1024
    /// Of 100 requests; well again at half of it.
    package var maxErrorPercent: Int64 = 5
    /// Over which requests are counted.
    package var errorWindow = Duration.seconds(300)
    /// Fewer requests than this in the window say nothing bad.
    package var minRequests: Int64 = 50

    package init() {}

    // MARK: Readings

    /// Nil when there is nothing to judge by.
    package func health(_ score: HealthScore?) -> AlertReading? {
        guard let score else { return nil }
        let value = Int64(score.value)
        var reasons = score.reasons.map(\.rawValue)
        if let sends = score.sends, sends.failed > 0 { reasons.append("\(sends.failed)/\(sends.all) failed") }
        let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
        return AlertReading(
            value < minHealth ? .bad : value < min(100, minHealth + healthMargin) ? .between : .good,
            StatusMessage(ar: "الدرجة \(value) من 100\(why)", en: "score \(value) of 100\(why)"))
    }

    package func queue(_ load: QueueLoad, at moment: Timestamp) -> AlertReading {
        let age = load.oldest.map { moment - $0 } ?? .zero
        let level: AlertReading.Level =
            if load.waiting > maxWaiting || age > maxWait {
                .bad
            } else if load.waiting > maxWaiting / 2 || age > maxWait / 2 {
                .between
            } else {
                .good
            }
        let minutes = age.milliseconds / 60_000
        return AlertReading(
            level,
            StatusMessage(
                ar: "ينتظر \(load.waiting)، أقدمها منذ \(minutes) د",
                en: "\(load.waiting) wait, the oldest for \(minutes) min"))
    }

    /// Nil while a service that is quiet was never used to speak.
    ///
    /// - Parameter isOpen: Whether its silence has been noticed: it stays so although it spoke too long ago to count.
    package func silence(_ speech: WebhookSpeech, at moment: Timestamp, isOpen: Bool) -> AlertReading? {
        guard let last = speech.last else {
            // All that it said is forgotten by now.
            return isOpen ? AlertReading(.bad, Self.silence(for: spokenWithin)) : nil
        }
        let silence = moment - last
        guard silence > maxSilence else { return AlertReading(.good, Self.silence(for: silence)) }
        guard isOpen || speech.spoken >= minSpoken else { return nil }
        return AlertReading(.bad, Self.silence(for: silence))
    }

    private static func silence(for time: Duration) -> StatusMessage {
        let hours = time.milliseconds / 3_600_000
        return StatusMessage(ar: "لا إشعارات منذ \(hours) س", en: "no webhooks for \(hours) h")
    }

    /// Nobody watches over one that a person turned off.
    package func endpoint(_ endpoint: HookEndpoint, at moment: Timestamp) -> AlertReading {
        switch endpoint.off {
        case .person: return .gone
        case .gone:
            return AlertReading(
                .bad, StatusMessage(ar: "أجاب بالرمز 410 فأوقف", en: "it answered 410 and was turned off"))
        case .failing:
            return AlertReading(
                .bad, StatusMessage(ar: "تعذر التسليم مدة طويلة فأوقف", en: "it failed for too long and was turned off")
            )
        case nil: break
        }
        guard let start = endpoint.failingSince else {
            return AlertReading(.good, StatusMessage(ar: "التسليم سليم", en: "deliveries arrive"))
        }
        let minutes = (moment - start).milliseconds / 60_000
        return AlertReading(
            moment - start > maxWait ? .bad : .between,
            StatusMessage(ar: "يتعذر التسليم منذ \(minutes) د", en: "it fails for \(minutes) min"))
    }

    package func disk(freeBytes: Int64) -> AlertReading {
        let mebibytes = freeBytes / 1_048_576
        return AlertReading(
            freeBytes < minFreeBytes ? .bad : freeBytes < minFreeBytes + minFreeBytes / 10 ? .between : .good,
            StatusMessage(ar: "المساحة الحرة \(mebibytes) م.ب", en: "\(mebibytes) MiB are free"))
    }

    package func errors(_ requests: RequestTotals) -> AlertReading {
        let percent = requests.all == 0 ? 0 : requests.failed * 100 / requests.all
        let level: AlertReading.Level =
            if requests.all >= minRequests, requests.failed * 100 > requests.all * maxErrorPercent {
                .bad
            } else if requests.all >= minRequests, requests.failed * 200 > requests.all * maxErrorPercent {
                .between
            } else {
                .good
            }
        return AlertReading(
            level,
            StatusMessage(
                ar: "\(percent)% من \(requests.all) طلب انتهت بخطأ في النظام",
                en: "\(percent)% of \(requests.all) requests ended with an error of the hub"))
    }
}
