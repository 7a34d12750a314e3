package import Domain

/// Whether all published articles are found by their meaning.
package struct KnowledgeCheck: StatusCheck {
    package let name = "knowledge"
    package let isIntegration = false
    private let store: any EmbeddingStore
    private let model: Live<String?>

    /// - Parameter model: The name of the embedding model; nil while none is set up.
    package init(_ store: any EmbeddingStore, model: Live<String?>) {
        self.store = store
        self.model = model
    }

    package func find() async -> StatusFinding {
        guard let model = model.now else { return Self.wordsAlone }
        do {
            return Self.finding(try await store.progress(for: model))
        } catch {
            return StatusFinding(
                .unreachable,
                StatusMessage(
                    ar: "تعذرت قراءة المقالات: تحقق من قاعدة البيانات",
                    en: "The articles cannot be read: check the database."))
        }
    }

    static func finding(_ progress: EmbeddingProgress) -> StatusFinding {
        let (missing, published) = (progress.missing, progress.published)
        if progress.failed > 0 {
            let reason = progress.problem ?? "failed"
            return StatusFinding(
                .error,
                StatusMessage(
                    ar: "\(progress.failed) من المقالات تُبحث بالكلمات وحدها، وتُعاد المحاولة (\(reason)): "
                        + "تحقق من OPENAI_EMBEDDING_MODEL والمفتاح",
                    en: "\(progress.failed) articles are found by words alone and are tried again (\(reason)): "
                        + "check OPENAI_EMBEDDING_MODEL and the key."))
        }
        return StatusFinding(
            .ok,
            StatusMessage(
                ar: "\(published - missing) من \(published) مقالًا جاهزة للبحث بالمعنى",
                en: "\(published - missing) of \(published) articles are found by their meaning."))
    }

    private static let wordsAlone = StatusFinding(
        .notConfigured,
        StatusMessage(
            ar: "البحث في المقالات بالكلمات وحدها: أضف OPENAI_API_KEY وOPENAI_EMBEDDING_MODEL للبحث بالمعنى",
            en: "Articles are found by words alone: set OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL."))
}
