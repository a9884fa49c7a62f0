"""The newsroom: from source to sent message.

The main path reads top down in `digest/actions/morning.py`; the rooms it calls are the
packages beside this file. The types that flow between them are in `digest/model/`.
"""

__version__ = "0.1.0"
