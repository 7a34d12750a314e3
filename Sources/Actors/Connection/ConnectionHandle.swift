package import Domain
package import NIOCore

/// How actors reach one socket; shared by all that know it.
package final class ConnectionHandle: Sendable {
    package let id: ConnectionID
    package let socket: SocketReference
    /// Where the client is; nil for peers without an address.
    package let address: NetworkAddress?
    package let lane: any ConnectionLane
    /// The loop of the socket, for actors that want to live beside it.
    package let execution: any ExecutionLane

    package init(
        id: ConnectionID,
        socket: SocketReference,
        address: NetworkAddress?,
        lane: any ConnectionLane,
        execution: any ExecutionLane
    ) {
        self.id = id
        self.socket = socket
        self.address = address
        self.lane = lane
        self.execution = execution
    }

    package func send(_ frame: ByteBuffer) {
        lane.post(.frame(socket, frame))
    }

    /// Sends what a slow socket goes without.
    package func sendDroppable(_ frame: ByteBuffer) {
        lane.post(.droppable(socket, frame))
    }

    /// Refuses the operation `id`; without an id nobody waits, but the client is told all the same.
    package func refuse(_ error: HubError, id: Int64?) {
        lane.post(.refuse(socket, error, id: id))
    }

    package func close(_ reason: DisconnectReason) {
        lane.post(.close(socket, reason))
    }
}
