"""A real server, as small as can be, for the supervisor to keep: `python small_server.py PORT [FAULT]`.

GET /health is 200; GET /hang makes it deaf; FAULT `broken` ends it at once, `stubborn` has it ignore
SIGTERM, `grandchild` has it start another process and print its number, `slow` has it come up late, and
`needs:PORT` has it print whether the server there is up when it starts.
"""

import signal
import socket
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/hang":
            time.sleep(3600)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        print(format % args, flush=True)


def main() -> None:
    port, fault = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    if fault == "broken":
        sys.exit("the cupboard is bare")
    if fault == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if fault == "grandchild":
        other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        print(f"grandchild {other.pid}", flush=True)
    if fault == "slow":
        time.sleep(1)
    if fault.startswith("needs:"):
        with socket.socket() as other:
            away = other.connect_ex(("127.0.0.1", int(fault.removeprefix("needs:"))))
        print("it was away" if away else "it was there", flush=True)
    HTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main()
