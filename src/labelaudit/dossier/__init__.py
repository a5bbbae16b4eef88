"""A finished run, read back for people who look at it: batches, one batch, people, vendors.

Reads run folders only, large tables a part at a time; what it returns is small, frozen and
ready to be shown. It decides nothing: verdicts, findings and estimates are those of the run.
"""
