"""What the library costs, beside bare Python and stock Sentry: ratios measured in one run, interleaved, medians.

``python -m benchmarks startup``, ``capture``, ``delivery`` and ``walker``. Absolute times differ from machine to
machine and from minute to minute; compare columns of one run.

``python -m benchmarks quality`` says what message skeletons are worth: leaks, readable ones, their time.
"""
