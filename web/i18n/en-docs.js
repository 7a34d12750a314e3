/** The words of the page that describes the API, in English. Same keys as ar-docs.js. */
export default {
    "docs.title": "The API",
    "docs.search": "Find an operation",
    "docs.index": "Operations",
    "docs.count": {
        one: "one operation",
        other: "{n} operations",
    },
    "docs.failed": "The description could not be loaded ({code}).",
    "docs.parameters": "Parameters",
    "docs.in.path": "in the path",
    "docs.in.query": "in the query",
    "docs.in.header": "in a header",
    "docs.body": "Body",
    "docs.required": "required",
    "docs.inside": "Members",
    "docs.answers": "Answers",
    "docs.headers": "Headers:",
    "docs.example": "Example",
    "docs.copy": "Copy",
    "docs.copied": "Copied",
};
