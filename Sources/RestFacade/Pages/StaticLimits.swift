/// How much the pages may take of the memory; more stops the start.
package struct StaticLimits: Sendable, Equatable {
    package var maxFileBytes = 4 * 1024 * 1024
    package var maxTotalBytes = 32 * 1024 * 1024

    package init() {}
}
