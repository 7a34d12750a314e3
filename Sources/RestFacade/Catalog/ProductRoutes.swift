import Domain
import Hummingbird

/// What the shop sells.
struct ProductRoutes: EndpointGroup {
    let products: any ProductStore

    private static let path = "/products"
    private static let onePath = "/products/{product}"
    private static let resource = ProductDescription.resource

    let title = "Products"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listProducts", "Products, a page at a time.", of: Self.resource, right: .productsRead,
                sorts: ProductSort.self, filters: ProductDescription.filters, run: list),
            .create(Self.path, "createProduct", "Make a product.", of: Self.resource, right: .productsWrite, run: make),
            .read(Self.onePath, "getProduct", "One product.", of: Self.resource, right: .productsRead, run: read),
            .change(
                Self.onePath, "changeProduct", "Change a product.", of: Self.resource, right: .productsWrite,
                run: change),
            .remove(
                Self.onePath, "removeProduct", "Remove a product that nothing refers to.", right: .productsWrite,
                run: remove),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<ProductSort, _> = try ListParameters.request(
            call.query, filter: ProductDescription.filter(call.query))
        return .page(try await products.products(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var product = Product(id: .make(at: call.at), at: call.at)
        try ProductDescription.merge(call.body, into: &product)
        return call.created(try await products.add(product, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let product = try await products.product(call.id("product")) else {
            throw HubError.notFound("there is no such product")
        }
        return call.answer(product)
    }

    private func change(_ call: Call) async throws -> Response {
        let product = try await products.change(
            call.id("product"), expected: call.expectedVersion, call.writing()
        ) { product in
            try ProductDescription.merge(call.body, into: &product)
        }
        return call.answer(product)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await products.remove(call.id("product"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }
}

extension Product: VersionedDocument {}
