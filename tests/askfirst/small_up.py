"""The real supervisor with small parts: `python small_up.py FAULT`, settings from the environment."""

import os
import sys
from pathlib import Path

from askfirst.errors import AskFirstError
from askfirst.settings import Settings, load
from askfirst.supervisor import Supervisor, ports
from askfirst.supervisor.keeper import Patience
from askfirst.supervisor.parts import Part
from askfirst.supervisor.supervisor import Plan

SERVER = str(Path(__file__).with_name("small_server.py"))
QUICK = Patience(
    first_pulse=10,
    between_looks=0.05,
    between_pulses=0.2,
    pulses_missed=3,
    first_pause=0.1,
    longest_pause=0.5,
    grace=2,
)


def small_plan(settings: Settings) -> Plan:
    fault = sys.argv[1] if len(sys.argv) > 1 else ""
    ports.demand(settings.host, settings.port, "ASKFIRST_PORT")
    inner = ports.choose({settings.port})
    gate = ports.choose({settings.port, inner})

    def part(name: str, port: int, *more: str) -> Part:
        command = (sys.executable, SERVER, str(port), *more)
        return Part(name, f"the {name} server", command, port, "/health", dict(os.environ))

    prepare = "raise SystemExit('the disk is full')" if fault == "unprepared" else "print('ready')"
    return Plan(
        environment=dict(os.environ),
        prepare=(sys.executable, "-c", prepare),
        at_once=(part("inner", inner, fault),),
        prepared=(part("web", settings.port),),
        trained=(),
        train=None,
        last=(part("gate", gate, f"needs:{inner}"),),
    )


def main() -> int:
    try:
        Supervisor(load(), plan=small_plan, patience=QUICK).run()
    except AskFirstError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
