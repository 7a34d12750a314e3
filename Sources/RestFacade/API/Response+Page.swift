import Domain
import Hummingbird

extension Response {
    /// A page of a list, and the cursor of the next one.
    static func page<Item: Auditable, Sort, Filter>(
        _ page: ListPage<Item>,
        of request: ListRequest<Sort, Filter>
    ) -> Response {
        .page(page, of: request, document: \.document)
    }

    static func page<Item, Sort, Filter>(
        _ page: ListPage<Item>,
        of request: ListRequest<Sort, Filter>,
        document: (Item) -> [String: JSONValue]
    ) -> Response {
        let order = ListParameters.text(of: request.order)
        return .json { writer in
            writer.beginObject()
            writer.key("items")
            writer.beginArray()
            for item in page.items { writer.value(.object(document(item))) }
            writer.endArray()
            writer.key("next")
            if let next = page.next { writer.string(ListCursor.text(next, order: order)) } else { writer.null() }
            writer.endObject()
        }
    }
}
