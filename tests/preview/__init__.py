"""Every mail of the product in every state and view, for work on the templates: `make preview`."""
