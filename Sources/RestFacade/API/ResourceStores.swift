package import Domain

/// The stores behind the resources of the API.
package struct ResourceStores: Sendable {
    package let audit: any AuditLog
    package let products: any ProductStore
    package let archive: any AuditArchive

    package init(audit: any AuditLog, products: any ProductStore, archive: any AuditArchive) {
        self.audit = audit
        self.products = products
        self.archive = archive
    }

    /// Every resource, in the order of the documentation.
    var groups: [any EndpointGroup] {
        [
            ProductRoutes(products: products),
            AuditRoutes(audit: audit, archive: archive),
        ]
    }
}
