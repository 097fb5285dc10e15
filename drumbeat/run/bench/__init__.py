"""The benchmark suite: the figures Drumbeat is held to, each against the least that the same work can cost.

Every figure is a ratio within one run, out of medians of interleaved rounds, so that it means the same on a
slow machine. Everything happens in throwaway instances, each with processes of its own (``places``).
"""
