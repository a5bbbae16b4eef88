"""The review app: pages over a run folder and the review store. No arithmetic and no SQL."""
