import Domain
import Foundation
import Integrations

@testable import Storage

/// A product with codes, and a vault for their texts.
struct CodeShelf {
    let stores: StoreSet
    let fixture: StoreFixture
    let product: ProductID
    let vault: any SecretVault

    init(_ stores: StoreSet, _ fixture: StoreFixture) async throws {
        self.stores = stores
        self.fixture = fixture
        var product = Product(id: .make(at: fixture.clock.now), at: fixture.clock.now)
        product.nameAr = "بطاقة"
        product.sku = product.id.text
        product.stockPolicy = .codes
        product.lowStockThreshold = 2
        _ = try await stores.products.add(product, fixture.writing())
        self.product = product.id
        let secret = try MasterSecret(base64: MasterSecret.makeBase64())
        let keys = DataKeys(
            Keyring(active: LocalKeyProvider(active: secret, retired: [])),
            now: { [fixture] in
                fixture.clock.now
            })
        vault = try await VaultDoor(store: stores.indexKey, keys: keys).open()
        stores.use(vault)
    }

    func begin(_ mode: CodeImport.Mode = .valid) async throws -> CodeImport {
        let now = fixture.clock.now
        let new = CodeImport(
            id: .make(at: now), product: product, mode: mode, name: nil, startedBy: "u", createdAt: now, changedAt: now)
        return try await stores.codeImports.begin(new, fixture.writing())
    }

    /// Adds a part to an import, with lines from `line` on.
    @discardableResult
    func add(
        _ texts: [String],
        to codeImport: CodeImport,
        from line: Int64 = 1,
        expiresAt: Timestamp? = nil,
        problems: [CodeLineProblem] = [],
        maxProblems: Int = 100
    ) async throws -> CodeImport {
        let sealer = try await vault.sealer()
        let now = fixture.clock.now
        let codes = try texts.enumerated().map { index, text in
            let id = CodeID.make(at: now)
            let code = DigitalCode(
                id: id,
                product: product,
                mask: SecretMask(of: text),
                expiresAt: expiresAt,
                importID: codeImport.id,
                createdAt: now,
                changedAt: now
            )
            return ImportedCode(
                line: line + Int64(index),
                code: code,
                sealed: try sealer.seal(text, at: DigitalCode.place(of: id)),
                fingerprint: vault.fingerprint(of: text, for: .code)
            )
        }
        return try await stores.codeImports.add(
            codes, problems, to: codeImport.id, maxProblems: maxProblems, at: now)
    }

    /// Puts codes on sale.
    func stock(_ texts: [String], expiresAt: Timestamp? = nil) async throws {
        let codeImport = try await begin()
        try await add(texts, to: codeImport, expiresAt: expiresAt)
        _ = try await stores.codeImports.finish(codeImport.id, fixture.writing())
    }

    func allocate(
        _ count: Int,
        _ input: CodeState.Input = .sell,
        to recipient: CodeRecipient = .order("o"),
        by stores: StoreSet? = nil
    ) async throws -> [DigitalCode] {
        let allocation = CodeAllocation(product: product, count: count, CodeChange(input, to: recipient))
        return try await (stores ?? self.stores).codes.allocate(allocation, fixture.writing()).value()
    }

    func texts(_ codes: [DigitalCode]) async throws -> [String] {
        var texts: [String] = []
        for (code, sealed) in zip(codes, try await stores.codes.sealed(codes.map(\.id))) {
            texts.append(try await vault.open(sealed, at: DigitalCode.place(of: code.id)))
        }
        return texts
    }

    var left: Int64? {
        get async throws { try await stores.products.product(product)?.stock }
    }

    func list(_ change: (inout CodeFilter) -> Void = { _ in }) async throws -> [DigitalCode] {
        var filter = CodeFilter()
        change(&filter)
        return try await stores.codes.codes(
            ListRequest(filter: filter, order: ListOrder(CodeSort.expiresAt), limit: 200)
        ).items
    }
}
