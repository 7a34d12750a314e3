import Actors
import Domain
import RestFacade
import Storage

/// The shop behind the conversations: codes, customers, what is learned, and how everything is.
struct ShopParts {
    let blobs: any BlobStore
    let codes: CodeParts
    let status: StatusBoard
    let integrations: IntegrationDesk

    /// Throws `unavailable` when the folder of the files cannot be made.
    init(_ hub: HubContext, gateway: any RoomGateway, _ model: ModelAccount, _ integrations: IntegrationDesk)
        async throws
    {
        self.integrations = integrations
        let (limits, stores) = (CodeLimits(hub.limits), hub.stores)
        blobs = try await FileBlobStore(directory: hub.configuration.dataDirectory + "/blobs")
        codes = CodeParts(
            codes: stores.codes,
            imports: stores.codeImports,
            desk: CodeDesk(
                codes: stores.codes,
                products: stores.products,
                vault: hub.prepared.vault,
                gateway: gateway,
                limits: limits
            ),
            importer: CodeImporter(
                imports: stores.codeImports, vault: hub.prepared.vault, limits: limits, now: hub.now),
            limits: limits
        )
        status = StatusBoard(
            hub.configuration.statusChecks(stores, integrations, hub.outside) + [
                BudgetCheck(model.ledger),
                ZidCheckup(
                    stores.zid, stores.deliveries, isConnected: hub.outside.map { $0.zidManagerToken != nil }),
            ],
            audit: stores.audit,
            interval: hub.limits.statusInterval,
            timeout: hub.limits.statusTimeout,
            now: hub.now,
            logger: hub.logger
        )
    }
}
