# Shared by the scripts of this folder: where things are, and stamps that say a step is already done.
# shellcheck shell=bash
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

uv=.venv-tools/bin/uv
export UV_COMPILE_BYTECODE=1
export PIP_DISABLE_PIP_VERSION_CHECK=1
# Where the system keeps certificates, its administrator decides whom to trust (an inspecting proxy, say).
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true}; fi

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# fingerprint FILE...: one hash over the contents of the files that exist.
fingerprint() {
    local file
    for file in "$@"; do
        if [ -f "$file" ]; then printf '%s ' "$file" && sha256sum <"$file"; fi
    done | sha256sum | cut -d' ' -f1
}

# done_already STAMP HASH: is this step done for exactly these inputs?
done_already() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# stamp STAMP HASH: remember that it is.
stamp() { printf '%s\n' "$2" >"$1"; }
