import Domain
import NIOHTTP1

/// One read-only request to an outside service, and what its answer means.
///
/// Redirects are not followed, so that a key never reaches another host; at most 64 KiB of an answer are read, and
/// nothing of it is passed on.
struct ServiceProbe: Sendable {
    let service: StatusMessage
    /// Nil when its address is none.
    private let request: OutboundRequest?
    private let client: OutboundClient
    private let timeout: Duration

    /// A GET.
    init(service: StatusMessage, url: String, headers: [(String, String)], client: OutboundClient, timeout: Duration) {
        let url = OutboundURL(url)
        self.init(service, url.map { OutboundRequest(.GET, $0, headers: headers) }, client, timeout)
    }

    init(_ service: StatusMessage, _ request: OutboundRequest?, _ client: OutboundClient, _ timeout: Duration) {
        self.service = service
        self.request = request
        self.client = client
        self.timeout = timeout
    }

    /// - Parameter judge: Says what an answer means that is neither a redirect, 429 nor 5xx.
    func find(_ judge: (OutboundAnswer) -> StatusFinding) async -> StatusFinding {
        switch await ask() {
        case .success(let answer): judge(answer)
        case .failure(let stop): stop.finding
        }
    }

    /// Why a probe is over before the service itself has said anything.
    struct Stop: Error {
        let finding: StatusFinding
    }

    /// The answer, when it is neither a redirect, 429 nor 5xx.
    func ask() async -> Result<OutboundAnswer, Stop> {
        guard let request else { return .failure(Stop(finding: noAddress)) }
        switch await client.send(request, within: timeout) {
        case .failed(let failure, _): return .failure(Stop(finding: finding(of: failure)))
        case .answer(let answer):
            switch answer.status {
            case 300...399: return .failure(Stop(finding: moved))
            case 429: return .failure(Stop(finding: limited))
            case 500...: return .failure(Stop(finding: unreachable))
            default: return .success(answer)
            }
        }
    }

    private func finding(of failure: OutboundFailure) -> StatusFinding {
        switch failure {
        case .forbidden: forbiddenAddress
        case .late: late
        case .untrusted: untrusted
        case .unreachable, .tooLarge, .garbled: unreachable
        }
    }
}
