/**
 * The one error that the client library throws.
 *
 * `code` is a protocol code (docs/protocol.md, "Errors and close codes") or one of ours:
 * `closed` (the socket went away first), `timeout` (no reply in time), `network` (HTTP failed),
 * `offline` (there is no live connection), `unsupported` (a file of a type that is not allowed),
 * `left` (whoever asked by HTTP did not wait for the answer).
 */
export class HubError extends Error {
    constructor(code, message, { retryMs, closeCode, status, fields = [] } = {}) {
        super(message || code);
        this.name = "HubError";
        this.code = code;
        /** Milliseconds after which the hub says a retry is sane; undefined when it does not. */
        this.retryMs = retryMs;
        /** The WebSocket close code when `code` is `closed`. */
        this.closeCode = closeCode;
        /** The HTTP status of a REST answer. */
        this.status = status;
        /** What is wrong with which member of a request: `{pointer | parameter, code, detail}` each. */
        this.fields = fields;
    }

    /** From the `err` member of a reply. */
    static fromReply(err) {
        return new HubError(err.code, err.msg, { retryMs: err.retry_ms });
    }
}
