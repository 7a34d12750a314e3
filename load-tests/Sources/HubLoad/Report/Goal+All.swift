/// The goals of the standard set.
extension Goal {
    static var all: [Goal] {
        fanout + compressed + durable + connections + rest + webhook + answers
    }

    private static var fanout: [Goal] {
        let fixed = Comparison.fanout
        let full = Comparison.fanoutAtFullSpeed
        return [
            Goal("1×1,000 at 50/s: hub / raw bound", ("hub", fixed), over: ("raw", fixed), atMost: 1.6, aim: 1.2),
            Goal("1×1,000 at 50/s: hub / nchan", ("hub", fixed), over: ("nchan", fixed), atMost: 1),
            Goal("1×1,000 at 50/s: hub / FastAPI", ("hub", fixed), over: ("fastapi", fixed), atMost: 0.5),
            Goal("1×1,000 full speed: hub / socketify", ("hub", full), over: ("socketify", full), atMost: 1.5, aim: 1),
            Goal("1×1,000 full speed: hub / nchan", ("hub", full), over: ("nchan", full), atMost: 0.5),
            Goal("1×1,000 full speed: hub / FastAPI", ("hub", full), over: ("fastapi", full), atMost: 0.125),
        ]
    }

    private static var compressed: [Goal] {
        let fixed = Comparison.fanout.deflated
        let full = Comparison.fanoutAtFullSpeed.deflated
        return [
            Goal("deflate at 50/s: hub / hub plain", ("hub", fixed), over: ("hub", Comparison.fanout), atMost: 1.3),
            Goal("deflate full speed: hub / nchan", ("hub", full), over: ("nchan", full), atMost: 1, aim: 0.5),
        ]
    }

    private static var durable: [Goal] {
        let rooms = Comparison.rooms
        let nchan = ("nchan", rooms)
        return ["hub", "hub-postgres"].flatMap { hub in
            [
                Goal("1,000×4 at 2,000/s, \(hub): p99 in ms", atMost: 25) { results in
                    results.run(hub, rooms.title)?.latency.map { Double($0.p99) / 1000 }
                },
                Goal("1,000×4 at 2,000/s: \(hub) / nchan", (hub, rooms), over: nchan, atMost: 2, aim: 1),
            ]
        } + [
            publishing("hub", "database", "SQLite"),
            publishing("hub-postgres", "database-postgres", "PostgreSQL"),
            Goal("all runs of the hub: lost and doubled", atMost: 0, aim: 0) { results in
                let runs = results.runs.filter { $0.target.hasPrefix("hub") && $0.failure == nil }
                return runs.isEmpty ? nil : Double(runs.reduce(0) { $0 + $1.lost + $1.duplicates })
            },
        ]
    }

    /// Committed messages of 64 senders as a share of what the database takes.
    private static func publishing(_ hub: String, _ database: String, _ name: String) -> Goal {
        let title = Comparison.publish.title
        return Goal("64 senders: hub / \(name) alone", atLeast: 0.6, aim: 0.85) { results in
            guard let ours = results.run(hub, title), let limit = results.run(database, title), limit.seconds > 0 else {
                return nil
            }
            return Double(ours.published) / ours.seconds / (Double(limit.published) / limit.seconds)
        }
    }

    private static var rest: [Goal] {
        let (one, pages) = (Comparison.rest.title, Comparison.pages.title)
        return [
            Goal("one product: requests of a CPU second, hub / FastAPI", atLeast: 10, aim: 15) { results in
                guard let ours = results.run("hub", one)?.cpuPerDelivery,
                    let theirs = results.run("fastapi-sqlmodel", one)?.cpuPerDelivery
                else { return nil }
                return theirs / ours
            },
            Goal("a page of 100,000 products: p99 in ms", atMost: 20, aim: 5) { results in
                results.run("hub", pages)?.latency.map { Double($0.p99) / 1000 }
            },
        ]
    }

    private static var webhook: [Goal] {
        ["hub", "hub-postgres"].map { hub in
            Goal("200 deliveries of WhatsApp a second, \(hub): p99 of the answer in ms", atMost: 50) { results in
                results.run(hub, Comparison.webhook.title)?.latency.map { Double($0.p99) / 1000 }
            }
        }
    }

    /// People's chat keeps its latency, which a busy machine may stretch a little.
    private static var answers: [Goal] {
        ["hub", "hub-postgres"].map { hub in
            Goal("500 answers at once, \(hub): p99 of people's messages, with / without", atMost: 3) { results in
                guard let run = results.run(hub, Comparison.answers.title), let p99 = run.latency?.p99,
                    let alone = run.more[MoreKey.p99WithoutAnswers], alone > 0
                else { return nil }
                return Double(p99) / alone
            }
        }
    }

    private static var connections: [Goal] {
        [Comparison.idle, Comparison.idleInRooms].flatMap { plan in
            [
                Goal("\(plan.title): KiB of a connection", atMost: 8, aim: 5) { results in
                    results.run("hub", plan.title)?.residentPerConnection.map { $0 / 1024 }
                },
                Goal("\(plan.title): CPU of a connection, µs/s", atMost: 3) { results in
                    results.run("hub", plan.title)?.more[MoreKey.microsecondsPerSecond]
                },
            ]
        } + [
            Goal("5,000 resume at once: seconds until all are live", atMost: 3, aim: 1) { results in
                results.run("hub", Comparison.storm.title)?.more[MoreKey.secondsUntilLive]
            },
            Goal("1 of 1,000 does not read: KiB more", atMost: 512) { results in
                results.run("hub", Comparison.slow.title)?.more[MoreKey.memoryOfSlow]
            },
        ]
    }
}
