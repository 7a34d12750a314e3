/// How much of an upload is taken, and for how long.
package struct AttachmentLimits: Sendable, Equatable {
    /// One file; more answers 413. Phones' photos and short videos fit.
    package var maxBytes: Int64 = 25 * 1024 * 1024
    /// A larger image answers 413: it would fill the memory of whoever looks at it. The largest photos of phones fit.
    package var maxImagePixels = 200_000_000
    /// Uploads at once; one more is `busy`.
    package var maxUploads = 16
    /// Of one person; one more is `busy`, so that nobody takes all.
    package var maxUploadsPerPerson = 4
    /// For a whole upload; then 408. 25 MiB over a slow mobile network.
    package var uploadTimeout = Duration.seconds(300)
    /// How long a refused sender may go on before the connection is closed: who first sends all sees the answer.
    package var refusalLinger = Duration.seconds(5)

    package init() {}
}
