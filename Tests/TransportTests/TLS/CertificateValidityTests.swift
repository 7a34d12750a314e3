import Domain
import Testing

@testable import Transport

@Suite struct CertificateValidityTests {
    private static let day: Int64 = 86_400_000
    private let validity = CertificateValidity(
        from: Timestamp(milliseconds: 10 * day), until: Timestamp(milliseconds: 100 * day))

    @Test(arguments: [
        (10 * day - 1, CertificateValidity.State.notYet), (10 * day, .valid(days: 90)), (99 * day, .valid(days: 1)),
        (99 * day + 1, .valid(days: 0)), (100 * day, .valid(days: 0)), (100 * day + 1, .over),
    ])
    func isJudgedByTheMoment(_ moment: Int64, _ expected: CertificateValidity.State) {
        #expect(validity.state(at: Timestamp(milliseconds: moment)) == expected)
    }
}
