#!/usr/bin/env python3
"""judge.py RESULTS...: says how the cases of conformance runs went; exit status 0 when all of them passed.

Each file was written by fuzz.py. A case passes when it behaved as the RFC demands and the connection was closed as it
should be. Everything else fails: FAILED, UNIMPLEMENTED, a wrong close code, an unclean close, a TCP connection that the
server left to the client to end, a timeout, a case that was to run and did not. NON-STRICT is what the RFC permits and
the suite likes less (invalid UTF-8 found late): it passes and is listed. The last line is for scripts/test.
"""
import collections
import json
import pathlib
import sys

GOOD = {"OK", "INFORMATIONAL", "NON-STRICT"}
GOOD_CLOSE = {"OK", "INFORMATIONAL"}
# Sections of many cases are shown in their parts.
LONG_SECTIONS = {"9", "12", "13"}


def order(case):
    return [int(part) for part in case.split(".")]


def fault(case, run):
    """What is wrong with a case of a run, or None."""
    if case in run["timed_out"]:
        return "timed out"
    result = run["cases"].get(case)
    if result is None:
        return "did not run"
    if result["behavior"] not in GOOD:
        return f"{result['behavior']}: {result['result']}"
    if result["behaviorClose"] not in GOOD_CLOSE:
        return f"closing {result['behaviorClose']}: {result['resultClose']} (code {result['remoteCloseCode']})"
    return None


def section(case):
    parts = case.split(".")
    return ".".join(parts[:2]) if parts[0] in LONG_SECTIONS else parts[0]


def seconds_of(result):
    """A connection that never opened has no start, and the suite counts from 1970."""
    return result["duration"] / 1000 if result["duration"] < 1e9 else 0.0


def judge(run, say=print):
    """Prints a run's sections and faults, and returns how many cases passed and failed."""
    expected = sorted(set(run["expected"]) | set(run["cases"]), key=order)
    faults = {case: found for case in expected if (found := fault(case, run))}
    sections = collections.defaultdict(list)
    for case in expected:
        sections[section(case)].append(case)

    say(f"{run['url']}: {run['messages']} messages in each case of 12 and 13")
    say("section  cases  failed  seconds  slowest")
    for name, cases in sections.items():
        seconds = [seconds_of(run["cases"][case]) for case in cases if case in run["cases"]]
        failed = sum(case in faults for case in cases)
        say(f"{name:7} {len(cases):6} {failed:7} {sum(seconds):8.1f} {max(seconds, default=0):8.1f}")
    for word in ("NON-STRICT", "INFORMATIONAL"):
        cases = [case for case in expected if run["cases"].get(case, {}).get("behavior") == word]
        if cases:
            say(f"{word}: {' '.join(cases)}")
    for case, found in faults.items():
        say(f"FAILED {case}: {found}")
    if not expected:
        say("FAILED: no case matches")
    return len(expected) - len(faults), len(faults) or int(not expected)


def main(paths):
    passed = failed = 0
    for path in paths:
        good, bad = judge(json.loads(pathlib.Path(path).read_text(encoding="utf-8")))
        passed, failed = passed + good, failed + bad
        print()
    print(f"conformance: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
