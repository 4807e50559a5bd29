# The audit sample: messages that the model let through and that a human reads all the same.
card-may-be = It may be about: { $labels }
card-sample = Random sample: the model had let this through.
card-below = Below the threshold: { $limits }
card-sample-forgotten = **Flag { $flag }** in { $where } was a random sample. Its text is forgotten, and so is who wrote it.
reason-audit = random sample: the model had let it through
veiled = shown once it is decided
statement-sampled = Some messages are read by a human although nobody has reported them, so that we see whether the automatic reading misses anything. Yours was one of them. A human has read it and made the decision.
