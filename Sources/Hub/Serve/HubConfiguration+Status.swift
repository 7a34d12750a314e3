import Actors
import Domain
import Integrations
import Storage

extension HubConfiguration {
    /// What the page of the system's status looks at, in its order.
    func statusChecks(_ stores: StoreSet) -> [any StatusCheck] {
        let timeout = limits.statusTimeout
        var zid = ZidCheck.Account()
        zid.authorizationToken = outside.zidToken?.reveal()
        zid.managerToken = outside.zidManagerToken?.reveal()
        zid.storeID = outside.zidStoreID
        zid.baseURL = outside.zidURL ?? zid.baseURL
        var whatsApp = WhatsAppCheck.Account()
        whatsApp.token = outside.whatsAppToken?.reveal()
        whatsApp.phoneID = outside.whatsAppPhoneID
        whatsApp.hasWebhookSecrets = outside.whatsAppAppSecret != nil && outside.whatsAppVerifyToken != nil
        whatsApp.baseURL = outside.whatsAppURL ?? whatsApp.baseURL
        return [
            ZidCheck(zid, timeout: timeout),
            OpenAICheck(
                key: outside.openAIKey?.reveal(),
                model: outside.openAIModel,
                baseURL: outside.openAIURL ?? OpenAICheck.usualURL,
                timeout: timeout
            ),
            WhatsAppCheck(whatsApp, timeout: timeout),
            MailCheck(
                url: outside.smtpURL?.reveal(),
                mailboxes: outside.mailboxes.count,
                caFile: outside.smtpCAFile,
                timeout: timeout
            ),
            DatabaseCheck(stores.health),
            AuditLogCheck(stores.archive),
            DiskCheck(folder: DataDirectory(path: dataDirectory), minFreeBytes: Int64(limits.minFreeDiskBytes)),
        ]
    }
}

/// The disk that the hub writes to.
private struct DiskCheck: StatusCheck {
    let name = "disk"
    let isIntegration = false
    let folder: DataDirectory
    let minFreeBytes: Int64

    func find() async -> StatusFinding {
        guard let free = folder.freeBytes, free >= minFreeBytes else {
            return StatusFinding(
                .error,
                StatusMessage(
                    ar: "القرص يكاد يمتلئ: أفرغ مساحة في DATA_DIR",
                    en: "The disk is nearly full: make room at DATA_DIR."))
        }
        let mebibytes = free / 1_048_576
        return StatusFinding(
            .ok, StatusMessage(ar: "المساحة الحرة \(mebibytes) م.ب", en: "\(mebibytes) MiB are free."))
    }
}
