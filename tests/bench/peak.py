"""`python -S tests/bench/peak.py COMMAND...`: run a command, tell its seconds and peak in kB.

A process of its own, and a small one: a child is said to have used at least what its parent
held when it was made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

if __name__ == "__main__":
    begun = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    sys.stdout.write(f"{time.perf_counter() - begun} {used.ru_maxrss}\n")
    sys.exit(os.waitstatus_to_exitcode(status))
