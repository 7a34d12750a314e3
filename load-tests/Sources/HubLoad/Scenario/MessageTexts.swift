/// Texts of a given size that compress about as well as chat does.
struct MessageTexts {
    private static let words = """
        hello thanks order number delivery today tomorrow please address payment card received package colour size \
        blue black white shop invoice refund exchange when where could you tell me about the my is on it was for \
        not yet sorry problem working help soon branch Riyadh Jeddah Dammam street phone message question price \
        available discount code minutes hours evening morning confirm cancel change status sent waiting agent
        """.split(separator: " ").map(String.init)

    /// Bytes of each text, of which a marker takes 25.
    let byteCount: Int

    func text(_ marker: Marker) -> String {
        var text = marker.text
        var state = UInt64(marker.number) &* 0x9E37_79B9_7F4A_7C15
        while text.utf8.count < byteCount {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += " "
            text += Self.words[Int(state >> 33) % Self.words.count]
        }
        return String(text.prefix(max(byteCount, Marker.byteCount)))
    }
}
