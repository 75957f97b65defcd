"""Makes the home ready, in a process that ends when it is done: `python -m askfirst.supervisor.prepare`."""

import sys

from askfirst import settings
from askfirst.cli._faults import explain


def main() -> int:
    """Migrate the database, publish the default packs in a new one, and write the gazetteer."""
    try:
        from askfirst import bootstrap

        bootstrap.prepare(settings.load())
    except Exception as error:  # noqa: BLE001 - the supervisor shows the last line to a person
        line, status = explain(error)
        sys.stderr.write(line + "\n")
        return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
