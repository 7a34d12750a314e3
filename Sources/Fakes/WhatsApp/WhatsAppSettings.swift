/// What the business has with Meta, and how Meta behaves; tests change it while it runs.
struct WhatsAppSettings: Sendable, Equatable {
    var businessID = "102290129340398"
    var phoneNumberID = "106540352242922"
    /// Digits only.
    var displayNumber = "966500000000"
    var verifiedName = "متجر البطاقات"
    var quality = "GREEN"
    var apiVersion = "v23.0"
    var token: String
    var appSecret: String
    var verifyToken: String
    var isTokenExpired = false

    /// Seconds from the customer's last message until only templates may be sent.
    var windowSeconds = 86_400.0
    /// Whether a closed window is told by a status that fails instead of by the answer.
    var tellsClosedWindowLater = false
    /// Messages to one customer: at once, and then in a second.
    var pairBurst = 45.0
    var pairPerSecond = 1.0 / 6
    /// Messages of the number in a second.
    var numberPerSecond = 80.0
    /// Seconds that an address of a file lives.
    var mediaURLSeconds = 300.0

    /// Milliseconds between accepted, sent, delivered and read.
    var statusDelay = 300
    /// A customer who reads at once is never "delivered".
    var skipsDelivered = false
    /// Whether the customer lets others see that they read.
    var tellsRead = true
    /// The first status leaves before the answer to the send.
    var statusComesFirst = false

    /// Body parameters of each template, by `name/language`.
    var templates: [String: Int] = ["welcome_back/ar": 1, "welcome_back/en": 1, "hello_world/en_US": 0]

    init(token: String, appSecret: String, verifyToken: String) {
        self.token = token
        self.appSecret = appSecret
        self.verifyToken = verifyToken
    }
}
