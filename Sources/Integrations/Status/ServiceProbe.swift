import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// One read-only request to an outside service, and what its answer means.
///
/// The service's address is the operator's own setting. Redirects are not followed, so that a key never reaches
/// another host; at most 64 KiB of an answer are read, and nothing of it is passed on.
struct ServiceProbe: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        /// Nil when it is no JSON.
        let json: JSONValue?
    }

    let service: StatusMessage
    let url: String
    let headers: [(String, String)]
    let timeout: Duration

    static let maxBytes = 64 * 1024

    /// - Parameter judge: Says what an answer means that is neither a redirect, 429 nor 5xx.
    func find(_ judge: (Answer) -> StatusFinding) async -> StatusFinding {
        let answer: Answer
        do {
            answer = try await ask()
        } catch {
            return unreachable
        }
        switch answer.status {
        case 300...399: return moved
        case 429: return limited
        case 500...: return unreachable
        default: return judge(answer)
        }
    }

    private func ask() async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "TwoCardsHub")
        let response = try await Self.client.execute(request, timeout: .nanoseconds(timeout.nanoseconds))
        let body = try await response.body.collect(upTo: Self.maxBytes)
        let json = try? JSONParser.parse(String(buffer: body), maxDepth: 32)
        return Answer(status: Int(response.status.code), headers: response.headers, json: json)
    }

    // MARK: What an answer means whoever gives it

    var badCredential: StatusFinding {
        StatusFinding(
            .badCredential,
            StatusMessage(
                ar: "رفضت \(service.ar) المفتاح: أنشئ مفتاحا جديدا وضعه في الإعدادات",
                en: "\(service.en) refused the key: make a new one and put it into the settings."))
    }

    var forbidden: StatusFinding {
        StatusFinding(
            .badCredential,
            StatusMessage(
                ar: "المفتاح لا يملك الصلاحية لدى \(service.ar): أضف الصلاحية الناقصة",
                en: "The key lacks a right at \(service.en): grant it there."))
    }

    var limited: StatusFinding {
        StatusFinding(
            .limited,
            StatusMessage(
                ar: "طلبات كثيرة إلى \(service.ar): انتظر دقيقة ثم حاول",
                en: "Too many requests to \(service.en): wait a minute and try again."))
    }

    var unreachable: StatusFinding {
        StatusFinding(
            .unreachable,
            StatusMessage(
                ar: "تعذر الوصول إلى \(service.ar): تحقق من الشبكة والعنوان وحاول بعد قليل",
                en: "\(service.en) cannot be reached or is down: check network and address, and try again later."))
    }

    var moved: StatusFinding {
        StatusFinding(
            .badConfig,
            StatusMessage(
                ar: "عنوان \(service.ar) يحيل إلى مكان آخر: صحح العنوان في الإعدادات",
                en: "The address of \(service.en) leads elsewhere: correct it in the settings."))
    }

    func unexpected(_ status: Int) -> StatusFinding {
        StatusFinding(
            .error,
            StatusMessage(
                ar: "جواب غير متوقع من \(service.ar): \(status)", en: "\(service.en) answered \(status), unexpectedly.")
        )
    }

    /// Of the process: it lives as long, on threads that are there anyway.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
    )
}

extension Duration {
    fileprivate var nanoseconds: Int64 { milliseconds * 1_000_000 }
}
