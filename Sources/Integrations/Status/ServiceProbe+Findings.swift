import Domain

/// What an answer means whoever gives it.
extension ServiceProbe {
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

    var late: StatusFinding {
        StatusFinding(
            .unreachable,
            StatusMessage(
                ar: "لم تجب \(service.ar) في الوقت المتاح: تحقق من الشبكة والعنوان وحاول بعد قليل",
                en: "\(service.en) did not answer in time: check network and address, and try again later."))
    }

    var untrusted: StatusFinding {
        StatusFinding(
            .unreachable,
            StatusMessage(
                ar: "شهادة \(service.ar) غير موثوقة فلم نرسل المفتاح: تحقق من العنوان",
                en: "The certificate of \(service.en) is not trusted, so the key was not sent: check the address."))
    }

    var moved: StatusFinding {
        StatusFinding(
            .badConfig,
            StatusMessage(
                ar: "عنوان \(service.ar) يحيل إلى مكان آخر: صحح العنوان في الإعدادات",
                en: "The address of \(service.en) leads elsewhere: correct it in the settings."))
    }

    var noAddress: StatusFinding {
        StatusFinding(
            .badConfig,
            StatusMessage(
                ar: "عنوان \(service.ar) غير صحيح: اكتبه كاملا مثل https://api.example.com",
                en: "The address of \(service.en) is none: write it out, like https://api.example.com."))
    }

    var forbiddenAddress: StatusFinding {
        StatusFinding(
            .badConfig,
            StatusMessage(
                ar: "عنوان \(service.ar) غير مسموح: يجب أن يبدأ بـ https:// ويكون على الإنترنت، "
                    + "أو يضيفه المشغل إلى OUTBOUND_ALLOW",
                en: "The address of \(service.en) is not allowed: it must begin with https:// and be on the internet, "
                    + "or the operator adds it to OUTBOUND_ALLOW."))
    }

    func unexpected(_ status: Int) -> StatusFinding {
        StatusFinding(
            .error,
            StatusMessage(
                ar: "جواب غير متوقع من \(service.ar): \(status)", en: "\(service.en) answered \(status), unexpectedly.")
        )
    }
}
