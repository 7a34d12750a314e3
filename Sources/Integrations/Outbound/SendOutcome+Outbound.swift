import Domain

/// What it means for the outbox that a request has no answer, or one that only its status explains.
extension SendOutcome {
    /// - Parameter service: As people call it.
    init(_ failure: OutboundFailure, hasLeft: Bool, to service: String) {
        guard !hasLeft else {
            self = .unsure(.lostAnswer(of: service))
            return
        }
        switch failure {
        case .forbidden: self = .refused(SendRefusal(.config, .forbiddenAddress(of: service)))
        case .untrusted: self = .refused(SendRefusal(.config, .untrusted(service)))
        case .unreachable, .late, .tooLarge, .garbled: self = .notSent(.unreachable(service))
        }
    }

    /// An answer that is not the service's own, by its status.
    init(unreadable answer: OutboundAnswer, of service: String) {
        let problem = OutboxProblem(
            StatusMessage(
                ar: "أجاب \(service) بما لا يُفهم (\(answer.status))",
                en: "\(service) gave an answer that makes no sense (\(answer.status))"))
        switch answer.status {
        // Taken, but under which id? A report will tell.
        case 200...299: self = .unsure(problem)
        case 300...399: self = .refused(SendRefusal(.config, .moved(service)))
        case 401, 403: self = .refused(SendRefusal(.auth, problem))
        case 404, 405: self = .refused(SendRefusal(.config, problem))
        case 429: self = .refused(SendRefusal(.retrySlowNumber, problem, retryAfter: answer.retryAfter))
        // By its definition nobody has looked at the request (RFC 9110 section 15.6.4).
        case 503: self = .refused(SendRefusal(.retry, problem, retryAfter: answer.retryAfter))
        // A gateway speaks: what is behind it may have done what was asked.
        case 500...: self = .unsure(problem)
        default: self = .refused(SendRefusal(.permanent, problem))
        }
    }
}

extension OutboxProblem {
    fileprivate static func lostAnswer(of service: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "انقطع الاتصال قبل جواب \(service): ننتظر تأكيد الإرسال",
                en: "The connection was lost before \(service) answered: a confirmation is awaited"))
    }

    fileprivate static func unreachable(_ service: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "تعذر الوصول إلى \(service): نعيد المحاولة", en: "\(service) cannot be reached: it is tried again"))
    }

    fileprivate static func untrusted(_ service: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "شهادة \(service) غير موثوقة: تحقق من العنوان",
                en: "The certificate of \(service) is not trusted: check its address"))
    }

    fileprivate static func moved(_ service: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "عنوان \(service) يحيل إلى مكان آخر: صحح العنوان",
                en: "The address of \(service) leads elsewhere: correct it"))
    }

    fileprivate static func forbiddenAddress(of service: String) -> OutboxProblem {
        OutboxProblem(
            StatusMessage(
                ar: "عنوان \(service) غير مسموح: يجب أن يبدأ بـ https:// ويكون على الإنترنت",
                en: "The address of \(service) is not allowed: it must begin with https:// and be on the internet"))
    }
}
