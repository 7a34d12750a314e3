package import Domain

/// An outside service as the status of the system shows it, with what is stored for it now.
package struct IntegrationStatus: StatusCheck {
    package var name: String { type.rawValue }
    package let isIntegration = true
    private let type: IntegrationType
    private let desk: IntegrationDesk

    package init(_ type: IntegrationType, _ desk: IntegrationDesk) {
        self.type = type
        self.desk = desk
    }

    package func find() async -> StatusFinding {
        do {
            return try await desk.find(type)
        } catch {
            return Self.unknown
        }
    }

    private static let unknown = StatusFinding(
        .error,
        StatusMessage(
            ar: "تعذرت قراءة الإعدادات: تحقق من قاعدة البيانات ومن ENCRYPTION_SECRET",
            en: "Its settings cannot be read: check the database and ENCRYPTION_SECRET."))
}
