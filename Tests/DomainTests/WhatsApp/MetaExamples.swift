import Domain

/// Meta's own examples of incoming messages (Business Messaging API v23.0, MIT-licensed), with non-ASCII escaped as
/// Meta sends it. Kinds without an example of their own are put together from the examples of their members.
enum MetaExamples {
    static let messages: [String: String] = [
        "audio": #"""
        {"from": "16505551234", "id": "wamid.AAAAAAAAAAAAAAAAAAAA000", "timestamp": "1744344496", "type": "audio", "audio": {"mime_type": "audio/ogg; codecs=opus", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": "1003383421387256", "voice": true}}
        """#,
        "button": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUU0M0MxQzQzMUJCMTMwNUZFOQA=", "timestamp": "1750091045", "type": "button", "context": {"from": "15550783881", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJFNjk2OTMwNEZCQjhGMzUyQUYA"}, "button": {"payload": "Unsubscribe", "text": "Unsubscribe"}}
        """#,
        "contacts": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", "timestamp": "1744344496", "type": "contacts", "contacts": [{"name": {"first_name": "Luc\u00eda", "last_name": "G\u00f3mez", "formatted_name": "Luc\u00eda G\u00f3mez"}, "org": {"company": "Google"}, "phones": [{"phone": "+1 (983) 555-2319", "wa_id": "19835552319", "type": "MOBILE"}]}]}
        """#,
        "document": #"""
        {"from": "16505551234", "id": "wamid.AAAAAAAAAAAAAAAAAAAA003", "timestamp": "1744344496", "type": "document", "document": {"mime_type": "application/pdf", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": "1003383421387256", "filename": "receipt.pdf"}}
        """#,
        "image": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", "timestamp": "1744344496", "type": "image", "image": {"caption": "Taj Mahal", "mime_type": "image/jpeg", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": "1003383421387256"}}
        """#,
        "interactive": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUJDQ0NDM0FEODY4ODkzOTc5RgA=", "timestamp": "1749854575", "type": "interactive", "context": {"from": "15550783881", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJGMzEyNzhENTZDMzNGODlDRDgA"}, "interactive": {"type": "list_reply", "list_reply": {"id": "priority_express", "title": "Priority Mail Express", "description": "Next Day to 2 Days"}}}
        """#,
        "interactive_button": #"""
        {"from": "16505551234", "id": "wamid.AAAAAAAAAAAAAAAAAAAA006", "timestamp": "1744344496", "type": "interactive", "context": {"from": "15550783881", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJGMzEyNzhENTZDMzNGODlDRDgA"}, "interactive": {"type": "button_reply", "button_reply": {"id": "cancel-button", "title": "Cancel"}}}
        """#,
        "location": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTU2MjZEMDBGRkE3MENEMDE0RQA=", "timestamp": "1744344496", "type": "location", "location": {"address": "101 Forest Ave, Palo Alto, CA 94301", "latitude": 37.44221496582, "longitude": -122.16165924072, "name": "Philz Coffee", "url": "https://philzcoffee.com/"}}
        """#,
        "order": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTEyQjFGNzI1QTQxMjI5QTMyOQA=", "timestamp": "1750096325", "type": "order", "order": {"catalog_id": "194836987003835", "text": "", "product_items": [{"product_retailer_id": "di9ozbzfi4", "quantity": 2, "item_price": 30, "currency": "USD"}, {"product_retailer_id": "nqryix03ez", "quantity": 1, "item_price": 25, "currency": "USD"}]}}
        """#,
        "reaction": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", "timestamp": "1749419544", "type": "reaction", "reaction": {"message_id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0RTJEOTc2ODVERUY5RDlGNkYA", "emoji": "\ud83d\udc4d"}}
        """#,
        "sticker": #"""
        {"from": "16505551234", "id": "wamid.AAAAAAAAAAAAAAAAAAAA010", "timestamp": "1744344496", "type": "sticker", "sticker": {"mime_type": "image/webp", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": "1003383421387256", "animated": true}}
        """#,
        "system": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTk4MzU1NTE5NzQVAgASGAoxMTgyMDg2MjY3AA==", "timestamp": "1750269342", "type": "system", "system": {"body": "User Sheena Nelson changed from 16505551234 to 12195555358", "wa_id": "12195555358", "type": "user_changed_number"}}
        """#,
        "text": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=", "timestamp": "1749416383", "type": "text", "text": {"body": "Does it come in another color?"}}
        """#,
        "unsupported": #"""
        {"from": "16505551234", "id": "wamid.HBgLMTQyMDU1NTA3NDkVAgASGBI5N0MwRjg0RTVBNUI1RDA2OTkA", "timestamp": "1750090702", "errors": [{"code": 131051, "title": "Message type unknown", "message": "Message type unknown", "error_data": {"details": "Message type is currently not supported."}}], "type": "unsupported"}
        """#,
        "video": #"""
        {"from": "16505551234", "id": "wamid.AAAAAAAAAAAAAAAAAAAA014", "timestamp": "1744344496", "type": "video", "video": {"mime_type": "video/mp4", "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=", "id": "1003383421387256", "caption": "My vacation video"}}
        """#,
    ]

    /// A delivery with one message.
    static func delivery(_ message: String, isSystem: Bool = false) -> String {
        let contacts =
            isSystem ? "" : #""contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],"#
        return value(contacts + #""messages":[\#(message)]"#)
    }

    static func value(_ members: String, field: String = "messages") -> String {
        #"{"object":"whatsapp_business_account","entry":[{"id":"419561257915477","changes":[{"field":"\#(field)","#
            + #""value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","#
            + #""phone_number_id":"106540352242922"},\#(members)}}]}]}"#
    }
}
