"""
An outside player in a few lines: gives the first legal order, accepts every offer.

    wargame play tutorial --opponent "union=program:python -m wargame.agents.examples.first"
"""

from __future__ import annotations

import json
import sys
from typing import Any


def answer(want: str, legal: dict[str, Any]) -> dict[str, Any]:
    """What to say or to order, by the numbers of the list of what is legal."""
    if want == "talk":
        return {"acts": [act["number"] for act in legal["acts"] if act["words"].startswith("accepts")]}
    first = legal["orders"][:1]
    return {"orders": [{"number": each["number"], "reason": "the first of the list"} for each in first]}


def main() -> None:
    """Reads messages until `quit`, and answers each `go`."""
    legal: dict[str, Any] = {}
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "legal":
            legal = message
        elif message["type"] == "go":
            reply = {"type": "answer", "id": message["id"], **answer(message["want"], legal)}
            print(json.dumps(reply), flush=True)
        elif message["type"] == "quit":
            return


if __name__ == "__main__":
    main()
