"""From a rendered edition to an answer for each subscriber: messages, transports, outcomes."""
