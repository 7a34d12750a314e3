import Domain

/// What is known of uploaded files, over either database.
struct SQLAttachmentStore: AttachmentStore {
    let database: any SQLDatabase

    func add(_ attachment: Attachment) async throws {
        try await database.write { session in
            _ = try session.finish(
                Self.insert,
                [
                    .id(attachment.id), .text(attachment.digest), .text(attachment.name), .text(attachment.type),
                    .integer(attachment.size), .optional(attachment.width.map(Int64.init)),
                    .optional(attachment.height.map(Int64.init)), .text(attachment.uploader.kind.rawValue),
                    .text(attachment.uploader.id), .text(attachment.uploader.name), .moment(attachment.createdAt),
                ]
            )
        }
    }

    func attachment(_ id: AttachmentID) async throws -> Attachment? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map { row in
                var reader = row.reader
                return try Attachment(
                    id: reader.text(AttachmentID.init),
                    digest: reader.text(),
                    name: reader.text(),
                    type: reader.text(),
                    size: reader.integer(),
                    width: reader.optionalInteger().map(Int.init),
                    height: reader.optionalInteger().map(Int.init),
                    uploader: EventRow.participant(&reader),
                    createdAt: reader.moment()
                )
            }
        }
    }

    func erasedBlobs(limit: Int) async throws -> [ErasedBlob] {
        try await database.read { session in
            try session.execute(Self.erased, [.count(limit)]).map { row in
                var row = row.reader
                return try ErasedBlob(digest: row.text(), asks: row.integer())
            }
        }
    }

    func isReferred(digest: String) async throws -> Bool {
        try await database.read { session in try !session.execute(Self.byDigest, [.text(digest)]).isEmpty }
    }

    func settle(_ blob: ErasedBlob) async throws {
        try await database.write { session in
            _ = try session.finish(Self.settle, [.text(blob.digest), .integer(blob.asks)])
        }
    }

    private static let erased: SQLText = "SELECT digest, asks FROM erased_blobs ORDER BY digest LIMIT $1"

    private static let byDigest: SQLText = "SELECT 1 FROM attachments WHERE digest = $1 LIMIT 1"

    private static let settle: SQLText = "DELETE FROM erased_blobs WHERE digest = $1 AND asks = $2"

    private static let insert: SQLText = """
        INSERT INTO attachments (
            id, digest, name, type, size, width, height, uploader_kind, uploader_id, uploader_name, created_ms
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    private static let byID: SQLText = """
        SELECT id, digest, name, type, size, width, height, uploader_kind, uploader_id, uploader_name, created_ms
        FROM attachments WHERE id = $1
        """
}
