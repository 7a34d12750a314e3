# -*- coding: utf-8 -*-
"""fuzz.py URL RESULTS MESSAGES CASE...: runs cases of the Autobahn test suite against an echo endpoint.

For CPython 2.7, which the suite needs. Does what `wstest -m fuzzingclient` does, and adds what that lacks: a deadline
for each case and for the run, fewer messages in the cases of sections 12 and 13, and results in one JSON file that says
which cases were meant to run. CASE is an id or a pattern such as `12.*`. Whether the results are good is not decided
here: see judge.py.
"""
from __future__ import print_function

import json
import sys

url, results_path, messages, patterns = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
# The suite's own modules read the arguments, too.
del sys.argv[1:]

from autobahntestsuite import fuzzing  # first of all: it chooses the reactor
from twisted.internet import reactor

CASE_SECONDS = 300
RUN_SECONDS = 5400

# A busy machine may take longer over a closing handshake than the second that the suite allows.
OPTIONS = {"closeHandshakeTimeout": 10, "serverConnectionDropTimeout": 10}

KEPT = ("behavior", "behaviorClose", "duration", "remoteCloseCode", "description", "expectation", "result", "resultClose")


class Fuzzer(fuzzing.FuzzingClientFactory):
    """The suite's client, which opens one connection per case."""

    def __init__(self):
        self.timed_out = []
        self.watch = None
        # The factory wants a folder for reports; none is written, `createReports` being ours.
        fuzzing.FuzzingClientFactory.__init__(self, {
            "outdir": ".", "servers": [{"agent": "hub", "url": url}], "cases": patterns, "exclude-cases": [],
            "exclude-agent-cases": {}, "options": OPTIONS,
        })

    def buildProtocol(self, address):
        protocol = fuzzing.FuzzingClientFactory.buildProtocol(self, address)
        self.stop_watch()
        self.watch = reactor.callLater(CASE_SECONDS, self.give_up, self.currentCaseId, protocol)
        return protocol

    def give_up(self, case, protocol):
        self.timed_out.append(case)
        if protocol.transport is not None:
            protocol.transport.abortConnection()

    def stop_watch(self):
        if self.watch is not None and self.watch.active():
            self.watch.cancel()

    def createReports(self, produceHtml=False, produceJson=True):
        self.stop_watch()
        cases = {}
        for agent in self.agents.values():
            for case, result in agent.items():
                cases[case] = dict((key, text(result[key])) for key in KEPT)
        with open(results_path, "w") as results:
            json.dump({"url": url, "messages": messages, "expected": self.specCases, "timed_out": self.timed_out,
                       "cases": cases}, results, indent=1, sort_keys=True)


def text(value):
    """What an endpoint sent need not be UTF-8, and JSON must be."""
    return value.decode("utf-8", "replace") if isinstance(value, str) else value


def out_of_time():
    print("the run has taken %d s and ends here" % RUN_SECONDS)
    fuzzer.createReports()
    reactor.stop()


for each in fuzzing.Cases:
    if each.__name__.startswith(("Case12_", "Case13_")):
        each.COUNT = messages
fuzzer = Fuzzer()
reactor.callLater(RUN_SECONDS, out_of_time)
reactor.run()
