"""From a raw letter that came back to a fact: bounce, complaint, auto-reply, unsubscribe."""
