/// Makes the check of a service from its values.
package protocol IntegrationChecks: Sendable {
    func check(_ values: IntegrationValues) -> any StatusCheck
}
