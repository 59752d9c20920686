"""What a diary answers: questions, advice, links, trends, charts, the summary and its pages."""

import os

# The regressions multiply small matrices. With more than one thread OpenBLAS spends its time on
# handing them over, and many times that when several processes share the cores. It reads this when
# numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
