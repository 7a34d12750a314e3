# `make NAME` runs scripts/NAME; `make test ARGS=filter` hands it arguments.

TARGETS := bootstrap run demo test conformance load check format clean

.PHONY: help $(TARGETS)

help:
	@for name in $(TARGETS); do printf 'make %-12s' "$$name"; sed -n '2s/^# / /p' "scripts/$$name"; done

$(TARGETS):
	@scripts/$@ $(ARGS)
