import Actors
import Domain
import Integrations
import Storage

extension HubConfiguration {
    /// What the page of the system's status looks at, in its order.
    func statusChecks(_ stores: StoreSet, _ integrations: IntegrationDesk, _ outside: Live<Outside>)
        -> [any StatusCheck]
    {
        IntegrationType.allCases.map { IntegrationStatus($0, integrations) } + [
            DatabaseCheck(stores.health),
            AuditLogCheck(stores.archive),
            KnowledgeCheck(
                stores.embeddings, model: outside.map { $0.openAIKey == nil ? nil : $0.openAIEmbeddingModel }),
            DiskCheck(folder: DataDirectory(path: dataDirectory), minFreeBytes: Int64(limits.minFreeDiskBytes)),
        ] + keeperChecks
    }

    /// Nothing when the hub keeps its keys itself.
    private var keeperChecks: [any StatusCheck] {
        // A file that cannot be read stopped the start.
        guard let keeper = try? keys.keeper() else { return [] }
        return [KeeperCheck(keeper: keeper, service: keys.provider.rawValue)]
    }
}

/// Whoever keeps the keys in place of the hub.
private struct KeeperCheck: StatusCheck {
    let name = "keys"
    let isIntegration = true
    let keeper: any KeyProvider
    let service: String

    func find() async -> StatusFinding {
        do throws(HubError) {
            try await keeper.check()
            return StatusFinding(
                .ok,
                StatusMessage(
                    ar: "مفاتيح التشفير لدى \(service) جاهزة", en: "\(service) keeps the keys and answers."))
        } catch {
            return StatusFinding(
                .error,
                StatusMessage(
                    ar: "مفاتيح التشفير لدى \(service) غير متاحة: الأسرار التي لم تُفتح حديثا تبقى مغلقة حتى يعود",
                    en: error.message))
        }
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
