package import Domain
package import NIOCore

/// Takes uploads of codes as they come: reads, seals and writes a part, and only then reads on.
///
/// So an upload needs the memory of one part, and a slow database holds its sender back.
package struct CodeImporter: Sendable {
    private let imports: any CodeImportStore
    private let vault: any SecretVault
    private let limits: CodeLimits
    private let now: @Sendable () -> Timestamp

    package init(
        imports: any CodeImportStore,
        vault: any SecretVault,
        limits: CodeLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.imports = imports
        self.vault = vault
        self.limits = limits
        self.now = now
    }

    /// What a member of staff uploads.
    package struct Upload: Sendable {
        package let product: ProductID
        package let mode: CodeImport.Mode
        package let name: String?
        package let format: CodeLineReader.Format
        /// Of lines that say nothing.
        package let expiresAt: Timestamp?
        package let actor: AuditActor

        package init(
            product: ProductID,
            mode: CodeImport.Mode,
            name: String?,
            format: CodeLineReader.Format,
            expiresAt: Timestamp?,
            actor: AuditActor
        ) {
            self.product = product
            self.mode = mode
            self.name = name
            self.format = format
            self.expiresAt = expiresAt
            self.actor = actor
        }
    }

    /// The import once all of `body` is in: finished or refused.
    ///
    /// Throws `not_found` and `conflict` for the product; `bad_request` for what cannot be read, `too_large` for too
    /// many codes or bytes, and what `body` throws: then the import has failed and nothing of it stays.
    ///
    /// - Parameter whenRead: Called when the body has come to its end.
    package func take<Body: AsyncSequence>(
        _ upload: Upload,
        _ body: Body,
        whenRead: @Sendable () -> Void
    ) async throws -> CodeImport where Body.Element == ByteBuffer {
        let start = now()
        let sealer = try await vault.sealer()
        let codeImport = CodeImport(
            id: .make(at: start),
            product: upload.product,
            mode: upload.mode,
            name: upload.name,
            startedBy: upload.actor.id,
            createdAt: start,
            changedAt: start
        )
        let begun = try await imports.begin(codeImport, Writing(by: upload.actor, at: start))
        do {
            var batch = Batch(of: begun, sealer, self)
            try await read(body, upload, into: &batch, whenRead)
            return try await imports.finish(begun.id, Writing(by: upload.actor, at: now()))
        } catch {
            await giveUp(begun.id, upload.actor, because: error)
            throw error
        }
    }

    private func read<Body: AsyncSequence>(
        _ body: Body,
        _ upload: Upload,
        into batch: inout Batch,
        _ whenRead: @Sendable () -> Void
    ) async throws where Body.Element == ByteBuffer {
        let deadline = ContinuousClock.now + limits.importTimeout
        var reader = CodeLineReader(upload.format, CodeImportRules(expiresAt: upload.expiresAt, now: now()))
        var bytes = 0
        for try await buffer in body {
            bytes += buffer.readableBytes
            guard bytes <= limits.maxImportBytes else {
                throw HubError(.tooLarge, "an import has at most \(limits.maxImportBytes) bytes: send it in parts")
            }
            guard ContinuousClock.now < deadline else {
                throw HubError.conflict("the import took longer than \(limits.importTimeout): send it in parts")
            }
            try await batch.take(reader.read(buffer.readableBytesView))
        }
        whenRead()
        try await batch.take(reader.end())
        try await batch.write()
    }

    /// In a task of its own, because the one of a sender that went away is cancelled.
    private func giveUp(_ id: CodeImportID, _ actor: AuditActor, because error: any Error) async {
        let reason = (error as? HubError)?.message ?? "the upload was broken off"
        let writing = Writing<Void>(by: actor, at: now())
        // Should the store be away: nothing more is heard of the import, and it is cleared away later.
        await Task { try? await imports.fail(id, because: reason, writing) }.value
    }

    /// Lines that are read and not yet written.
    private struct Batch {
        private let codeImport: CodeImport
        private let sealer: any SecretSealer
        private let importer: CodeImporter
        private var codes: [ImportedCode] = []
        private var problems: [CodeLineProblem] = []
        private var total = 0
        private var lastWrite = ContinuousClock.now

        init(of codeImport: CodeImport, _ sealer: any SecretSealer, _ importer: CodeImporter) {
            self.codeImport = codeImport
            self.sealer = sealer
            self.importer = importer
        }

        /// Writes what is enough for a transaction, or has waited long enough for one who watches.
        mutating func take(_ lines: [CodeLine]) async throws {
            for line in lines {
                try add(line)
                if codes.count + problems.count >= importer.limits.linesPerTransaction { try await write() }
            }
            if lastWrite + min(.seconds(1), importer.limits.importSilence / 4) < .now { try await write() }
        }

        private mutating func add(_ line: CodeLine) throws(HubError) {
            total += 1
            guard total <= importer.limits.maxPerImport else {
                throw HubError(
                    .tooLarge, "an import has at most \(importer.limits.maxPerImport) lines: send it in parts")
            }
            switch line {
            case .problem(let problem):
                problems.append(problem)
            case .code(let text, let expiresAt, let number):
                let id = CodeID.make(at: codeImport.createdAt)
                let code = DigitalCode(
                    id: id,
                    product: codeImport.product,
                    mask: SecretMask(of: text),
                    expiresAt: expiresAt,
                    importID: codeImport.id,
                    createdAt: codeImport.createdAt,
                    changedAt: codeImport.createdAt
                )
                codes.append(
                    ImportedCode(
                        line: number,
                        code: code,
                        sealed: try sealer.seal(text, at: DigitalCode.place(of: id)),
                        fingerprint: importer.vault.fingerprint(of: text, for: .code)
                    ))
            }
        }

        /// Also when there is nothing: it tells other hubs that this one lives.
        mutating func write() async throws {
            _ = try await importer.imports.add(
                codes, problems, to: codeImport.id, maxProblems: importer.limits.maxProblems, at: importer.now())
            codes.removeAll(keepingCapacity: true)
            problems.removeAll(keepingCapacity: true)
            lastWrite = .now
        }
    }
}
