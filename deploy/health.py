"""Asks the service of this container whether it can work; the exit status is the answer."""  # noqa: INP001 - copied alone into the image

import http.client
import os
import sys

_PATIENCE_SECONDS = 4


def main() -> int:
    """0 where `/health/ready` says so, else 1 with what it said."""
    port = int(os.environ.get("CADRAN_PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        sys.stdout.write(answer.read().decode())
    except OSError as error:
        sys.stdout.write(f"{error}")
        return 1
    return int(answer.status != http.client.OK)


if __name__ == "__main__":
    sys.exit(main())
