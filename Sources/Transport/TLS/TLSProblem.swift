/// Why a certificate and its key cannot be used. Never quotes them.
package struct TLSProblem: Error, Hashable, Sendable {
    package enum File: Hashable, Sendable {
        case certificate
        case key
    }

    package let file: File
    /// Completes a sentence whose subject is the file: "holds no certificate in PEM".
    package let text: String
}
