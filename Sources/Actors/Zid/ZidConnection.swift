package import Domain

/// The store at Zid that the hub is connected to, and how its owner works with it.
package struct ZidConnection: Sendable {
    let shop: any ZidShop
    let stockOwner: ZidStockOwner

    package init(shop: any ZidShop, stockOwner: ZidStockOwner) {
        self.shop = shop
        self.stockOwner = stockOwner
    }
}
