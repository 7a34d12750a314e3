"""No broken endpoint gets past the judge; run by scripts/conformance before the cases."""
import unittest

from judge import judge

FINE = {"behavior": "OK", "behaviorClose": "OK", "duration": 5, "remoteCloseCode": 1000, "description": "",
        "expectation": "", "result": "as expected", "resultClose": "as expected"}


def run(expected=("1.1.1",), timed_out=(), **cases):
    return {"url": "ws://x", "messages": 50, "expected": list(expected), "timed_out": list(timed_out),
            "cases": {name.replace("_", ".").strip("."): case for name, case in cases.items()}}


class JudgeTests(unittest.TestCase):
    def verdict(self, run):
        self.said = []
        return judge(run, self.said.append)

    def test_what_passes(self):
        self.assertEqual(self.verdict(run(_1_1_1=FINE)), (1, 0))
        for word in ("NON-STRICT", "INFORMATIONAL"):
            self.assertEqual(self.verdict(run(_1_1_1=FINE | {"behavior": word})), (1, 0))
            self.assertIn(f"{word}: 1.1.1", self.said)

    def test_what_fails(self):
        for word in ("FAILED", "UNIMPLEMENTED", "a word of a later suite"):
            self.assertEqual(self.verdict(run(_1_1_1=FINE | {"behavior": word})), (0, 1))
            self.assertIn(f"FAILED 1.1.1: {word}: as expected", self.said)
        for word in ("FAILED", "UNCLEAN", "WRONG CODE", "FAILED BY CLIENT"):
            self.assertEqual(self.verdict(run(_1_1_1=FINE | {"behaviorClose": word})), (0, 1))

    def test_what_was_left_undone_fails(self):
        self.assertEqual(self.verdict(run(["1.1.1", "1.1.2"], _1_1_1=FINE)), (1, 1))
        self.assertIn("FAILED 1.1.2: did not run", self.said)
        self.assertEqual(self.verdict(run(timed_out=["1.1.1"], _1_1_1=FINE)), (0, 1))
        self.assertEqual(self.verdict(run([])), (0, 1))

    def test_sections(self):
        self.verdict(run(["1.1.1", "1.2.1", "9.1.1", "9.2.1", "10.1.1"]))
        self.assertEqual([line.split()[0] for line in self.said[2:6]], ["1", "9.1", "9.2", "10"])


if __name__ == "__main__":
    unittest.main()
