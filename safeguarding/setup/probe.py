"""The container's own health check: exit 0 when the portal answers on PORT (8000)."""

import os
import sys

from serve import answers

if __name__ == "__main__":
    # Asked under a name that the portal takes; a leading dot stands for all names below it.
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    sys.exit(0 if answers(int(os.environ.get("PORT") or 8000), host) else 1)
