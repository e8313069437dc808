"""Where in a run the program makes the calls that keep answers, found by letting strace watch one run."""
import re

CALL = re.compile(r"^(\d+)\s+(\w+)\(")


def watching(calls, log):
    """What a program runs under to be watched."""
    # Descriptors with their paths: a call counts by the file it is about.
    return ["strace", "-f", "-y", "-qq", "-s", "0", "-o", log, "-e", f"trace={','.join(calls)}"]


def injecting(call, at, what, log):
    """What a program runs under whose `at`-th call of this name ends it, or fails."""
    return ["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={at}"]


def in_folder(log, folder):
    """Returns, for each call, which ones were about the folder. strace counts for each thread by itself."""
    made, found = {}, {}
    with open(log, encoding="utf-8", errors="replace") as f:
        for line in f:
            call = CALL.match(line)
            if not call:
                continue
            made[call.groups()] = made.get(call.groups(), 0) + 1
            if folder in line:
                found.setdefault(call[2], set()).add(made[call.groups()])
    return {call: sorted(places) for call, places in found.items()}


def spread(places, most):
    """At most so many of them, the first and the last among them."""
    if len(places) <= most:
        return places
    if most < 2:
        return places[:most]
    return sorted({places[i * (len(places) - 1) // (most - 1)] for i in range(most)})
