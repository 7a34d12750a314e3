import Domain
import Testing

@Suite struct SecretMaskTests {
    @Test(arguments: [
        ("", "••••"), ("1234567", "••••"), ("12345678", "••••78"), ("123456789012", "••••012"),
        ("1234567890123456", "••••3456"), ("xoxb-1234567890123456789012345678", "••••5678"),
        ("رمز المتجر الرقمي", "••••رقمي"),
    ])
    func showsAQuarterAndAtMostFour(_ secret: String, _ mask: String) {
        #expect(SecretMask(of: secret).text == mask)
    }

    @Test func isRecognisedWhenItIsSentBack() {
        for secret in ["", "short", "12345678", "1234567890123456", "رمز المتجر الرقمي"] {
            let mask = SecretMask(of: secret)
            #expect(SecretMask(mask.text) == mask)
        }
    }

    @Test(arguments: ["", "•••1234", "1234", "••••12345", "x••••1234", "****1234"])
    func whatHasAnotherFormIsASecret(_ text: String) {
        #expect(SecretMask(text) == nil)
    }
}
