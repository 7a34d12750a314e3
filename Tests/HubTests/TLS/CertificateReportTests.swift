import Domain
import Testing
import Transport

@testable import Hub

@Suite struct CertificateReportTests {
    private static let day: Int64 = 86_400_000
    private let now = Timestamp(rfc3339: "2026-03-01T12:00:00Z")!

    private func finding(from: Int64, until: Int64, names: [String] = ["chat.example"]) -> Finding {
        let validity = CertificateValidity(
            from: Timestamp(milliseconds: now.milliseconds + from * Self.day),
            until: Timestamp(milliseconds: now.milliseconds + until * Self.day))
        return CertificateReport(names: names, validity: validity, now: now).finding
    }

    @Test func countsTheDays() {
        #expect(finding(from: -30, until: 60).line == "✓ Certificate: for chat.example, 60 days left")
        #expect(finding(from: -30, until: 14).isGood)
        #expect(
            finding(from: -80, until: 13).line
                == "✗ Certificate: for chat.example, 13 day(s) left. Renew it, and send the hub SIGHUP")
        #expect(
            finding(from: -80, until: -1).line
                == "✗ Certificate: for chat.example, expired on 2026-02-28. Renew it")
        #expect(
            finding(from: 1, until: 60).line
                == "✗ Certificate: for chat.example, not valid before 2026-03-02. Check the clock of this machine")
    }

    @Test func namesTheHosts() {
        #expect(!finding(from: -1, until: 60, names: []).isGood)
        let many = (1...9).map { "h\($0).example" }
        #expect(
            finding(from: -1, until: 60, names: many).line
                == "✓ Certificate: for h1.example, h2.example, h3.example, h4.example, h5.example, …, 60 days left")
    }
}
