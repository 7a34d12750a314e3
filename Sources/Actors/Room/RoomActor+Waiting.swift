import Domain

/// Long-polls and streams that wait for the head to move.
extension RoomActor {
    /// Calls `done` with the head once it is where `wait` wants it, or when the time is up.
    func awaitHead(_ wait: HeadWait, within timeout: Duration, _ done: @escaping HeadWaiters.Done) {
        whenLoaded { room, loaded in
            if case .failure(let error) = loaded {
                done(.failure(error))
                return
            }
            guard room.tail.head <= wait.seq, timeout > .zero, !wait.isGivenUp else {
                done(.success(room.tail.head))
                return
            }
            room.headWaiters.add(wait, done)
            room.lane.schedule(after: timeout) { [weak room] in
                guard let room else { return }
                room.assumeIsolated { $0.endWait(wait) }
            }
        }
    }
}
