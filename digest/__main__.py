"""`python -m digest`: the same program as `digest`."""

from digest.cli import main

if __name__ == "__main__":
    main()
