import Domain
import HubTestKit
import Testing

@Suite struct AttachmentTests {
    private func attachment(named name: String) -> Domain.Attachment {
        Domain.Attachment(
            id: .sample(1), digest: "d", name: name, type: "image/png", size: 5, width: 1, height: 2,
            uploader: Samples.agent, createdAt: Samples.start)
    }

    @Test(arguments: [
        ("a-Z_0.9", "a-Z_0.9"), ("a b", "a%20b"), ("../x", "..%2Fx"), ("q?#%", "q%3F%23%25"), ("\n", "%0A"),
        ("س", "%D8%B3"), ("\"<>'", "%22%3C%3E%27"),
    ])
    func nameIsEscapedInThePath(name: String, escaped: String) {
        let path = "/api/v1/attachments/\(AttachmentID.sample(1))/\(escaped)"
        #expect(attachment(named: name).url == path)
    }

    @Test func referenceShowsWhatAMessageNeeds() {
        let file = attachment(named: "a.png")
        #expect(
            file.reference(caption: "c")
                == FileReference(
                    attachment: file.id, name: "a.png", type: "image/png", size: 5, url: file.url, width: 1, height: 2,
                    caption: "c"))
    }
}
