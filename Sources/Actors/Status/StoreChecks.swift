package import Domain

/// The hub's own database: written to and read from.
package struct DatabaseCheck: StatusCheck {
    package let name = "database"
    package let isIntegration = false
    private let health: any StoreHealth

    package init(_ health: any StoreHealth) {
        self.health = health
    }

    package func find() async -> StatusFinding {
        do {
            try await health.check()
            return StatusFinding(.ok, StatusMessage(ar: "تعمل", en: "It works."))
        } catch {
            return StatusFinding(
                .unreachable,
                StatusMessage(
                    ar: "قاعدة البيانات لا تجيب: تحقق منها ومن DATABASE_URL",
                    en: "The database does not answer: check it and DATABASE_URL."))
        }
    }
}

/// The end of the audit log's chain; `hub audit verify` walks all of it.
package struct AuditLogCheck: StatusCheck {
    package let name = "audit_log"
    package let isIntegration = false
    private let archive: any AuditArchive

    private static let rows: Int64 = 100

    package init(_ archive: any AuditArchive) {
        self.archive = archive
    }

    package func find() async -> StatusFinding {
        do {
            let newest = try await archive.entries(
                ListRequest(filter: AuditFilter(), order: AuditSort.usual, limit: 1)
            ).items.first
            guard let newest else {
                return StatusFinding(.ok, StatusMessage(ar: "السجل فارغ", en: "The log is empty."))
            }
            switch try await archive.verify(from: max(1, newest.seq - Self.rows + 1), noted: nil) {
            case .whole:
                return StatusFinding(.ok, StatusMessage(ar: "آخر السجل سليم", en: "The end of the log is whole."))
            case .broken:
                return StatusFinding(
                    .error,
                    StatusMessage(
                        ar: "سجل التدقيق تغيّر: شغّل hub audit verify",
                        en: "The audit log was tampered with: run hub audit verify."))
            }
        } catch {
            return StatusFinding(
                .unreachable,
                StatusMessage(
                    ar: "تعذرت قراءة السجل: تحقق من قاعدة البيانات",
                    en: "The log cannot be read: check the database."))
        }
    }
}
