import Domain
import Testing

@testable import Storage

@Suite struct AttachmentStoreTests {
    @Test(arguments: Engine.allCases)
    func whatIsKnownOfAFileReadsBack(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for (width, height) in [(Int?.none, Int?.none), (1920, 1080)] {
                let attachment = Attachment(
                    id: .unguessable(), digest: String(repeating: "ab", count: 32), name: "صورة؛ '1'.png",
                    type: "image/png", size: 5_000_000_000, width: width, height: height, uploader: Samples.sara,
                    createdAt: fixture.clock.now
                )
                try await stores.attachments.add(attachment)
                #expect(try await stores.attachments.attachment(attachment.id) == attachment)
            }
            #expect(try await stores.attachments.attachment(.unguessable()) == nil)
        }
    }
}
