/// A person or a company that the shop knows.
package struct CRMContact: Versioned, Sendable, Equatable {
    package static let maxIdentities = 30
    package static let maxFields = 30

    package let id: ContactID
    /// Rises with every change.
    package var version: Int64
    package var name: String
    /// BCP 47: `ar`, `en`.
    package var language: String?
    package var company: String?
    package var notes: String?
    package var labels: [String]
    package var owner: UserID?
    /// What the shop keeps of its own, by names it chose.
    package var fields: [String: String]
    /// In rising order, each once.
    package private(set) var identities: [ContactIdentity]
    /// The contact that took over what this one had; nil for one that is still its own.
    package var mergedInto: ContactID?
    /// When the person's data was overwritten for good.
    package var erasedAt: Timestamp?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A contact without a name, to be filled in.
    package init(id: ContactID, at moment: Timestamp) {
        self.id = id
        version = 1
        name = ""
        labels = []
        fields = [:]
        identities = []
        createdAt = moment
        changedAt = moment
    }

    package mutating func setIdentities(_ new: some Sequence<ContactIdentity>) {
        identities = Set(new).sorted()
    }

    /// What a search finds it by.
    package var searchText: String {
        ([name, company].compactMap(\.self) + identities.map(\.value)).joined(separator: " ")
    }

    /// Throws `not_found` for a contact that was merged or erased, saying where it went.
    package func checkPresent() throws(HubError) {
        if let mergedInto {
            throw HubError(
                .notFound,
                "this contact was merged into \(mergedInto)",
                fields: [FieldProblem("contact", "merged", mergedInto.text)]
            )
        }
        if erasedAt != nil {
            throw HubError(
                .notFound,
                "the data of this contact was erased",
                fields: [FieldProblem("contact", "erased", "it cannot be brought back")]
            )
        }
    }

    /// Throws `invalid` for more than a contact holds.
    package func check() throws(HubError) {
        var problems: [FieldProblem] = []
        if identities.count > Self.maxIdentities {
            problems.append(FieldProblem("/identities", "count", "takes at most \(Self.maxIdentities)"))
        }
        if fields.count > Self.maxFields {
            problems.append(FieldProblem("/fields", "count", "takes at most \(Self.maxFields)"))
        }
        if Set(labels).count != labels.count {
            problems.append(FieldProblem("/labels", "conflict", "names a label twice"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}
