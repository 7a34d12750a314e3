package import Actors
package import Domain

/// What is behind the routes of the shop's knowledge.
package struct KnowledgeResources: Sendable {
    let articles: any ArticleStore
    let finder: ArticleSearch
    let bell: WakeUps
    let limits: KnowledgeLimits

    /// - Parameter bell: Rung when an article was written.
    package init(articles: any ArticleStore, finder: ArticleSearch, bell: WakeUps, limits: KnowledgeLimits) {
        self.articles = articles
        self.finder = finder
        self.bell = bell
        self.limits = limits
    }

    var groups: [any EndpointGroup] {
        [
            ArticleRoutes(
                articles: articles, finder: finder, bell: bell, maxArticleBytes: limits.maxArticleBytes)
        ]
    }
}
