"""`python -m tests.preview [PORT]`: serves the preview on the loopback until it is interrupted."""

from __future__ import annotations

import sys

import uvicorn

from tests.preview.server import create_preview

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8025
    print(f"http://127.0.0.1:{port}/", flush=True)  # noqa: T201
    uvicorn.run(create_preview(), host="127.0.0.1", port=port, log_level="warning")
