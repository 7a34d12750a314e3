import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The engine's paths, and those by which tests make things go wrong. These have no password: it belongs on this machine.
struct VaultRoutes {
    let fake: VaultFake

    func add(to router: Router<BasicRequestContext>) {
        router.get("/") { _, _ in "The transit engine of Vault, as far as the hub knows it. See /fake/log.\n" }
        let control = router.group("/fake")
        control.get("log") { _, _ -> Response in .json(["requests": .array(await fake.log)]) }
        control.post("seal") { _, _ -> Response in
            await fake.seal(true)
            return .json(["success": true])
        }
        control.post("unseal") { _, _ -> Response in
            await fake.seal(false)
            return .json(["success": true])
        }
        control.post("faults") { request, _ -> Response in
            let body = try await GraphRoutes.json(request)
            guard let status = body["status"]?.integer else { return .json(["error": "no status"], status: 400) }
            await fake.fail(with: Int(status), times: Int(body["times"]?.integer ?? 1))
            return .json(["success": true])
        }
        for method in [HTTPRequest.Method.get, .post] {
            router.on("v1/**", method: method) { request, _ in try await answer(request) }
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let buffer = try await request.body.collect(upTo: 32 * 1024 * 1024)
        let body = (try? JSON.parse(Data(buffer.readableBytesView))) ?? .object([:])
        let answer = await fake.answer(
            request.method.rawValue, request.uri.path,
            token: HTTPField.Name("X-Vault-Token").flatMap { request.headers[$0] },
            namespace: HTTPField.Name("X-Vault-Namespace").flatMap { request.headers[$0] },
            body: body)
        return .json(answer.body ?? .object([:]), status: answer.status)
    }
}
