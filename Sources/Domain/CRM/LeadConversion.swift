/// What a lead is converted into; nil members are chosen by what the lead says.
package struct LeadConversion: Sendable {
    /// For a lead that has none yet.
    package var contact: ContactID?
    /// Takes the first that is not archived.
    package var pipeline: PipelineID?
    /// Takes the first of the pipeline.
    package var stage: StageID?
    package var title: String?
    package var amount: Int64?
    package var currency: Currency?
    package var expectedCloseAt: Timestamp?

    package init() {}
}
