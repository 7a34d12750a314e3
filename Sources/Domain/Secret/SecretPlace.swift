/// Where a secret belongs: a field of a record of a table.
///
/// A sealed secret opens at its place only. Copied to another row or field it is as good as altered.
package struct SecretPlace: Sendable, Hashable {
    package let table: String
    package let record: String
    package let field: String

    package init(table: String, record: String, field: String) {
        self.table = table
        self.record = record
        self.field = field
    }

    /// The associated data of the seal (NIST SP 800-38D).
    ///
    /// Every part comes after its length in bytes, so that no part can pretend to be two. The key's name is not
    /// here but in the wrapping of the data key: so a key can be rotated without opening any secret.
    package var associatedData: [UInt8] {
        var text = SealedSecret.version
        for part in [table, record, field] { text += "|\(part.utf8.count):\(part)" }
        return Array(text.utf8)
    }
}
