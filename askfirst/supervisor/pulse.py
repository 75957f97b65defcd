"""Asks a server whether it is up, with nothing but a socket: the supervisor is kept small."""

import asyncio


async def answers(host: str, port: int, path: str, *, any_answer: bool = False, patience: float = 5) -> bool:
    """Does the server give 200 to a GET of this path? `any_answer` takes every well-formed answer."""
    try:
        async with asyncio.timeout(patience):
            return await _ask(host, port, path, any_answer)
    except (OSError, TimeoutError, ValueError):
        return False


async def _ask(host: str, port: int, path: str, any_answer: bool) -> bool:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        protocol, _, rest = (await reader.readline()).decode("latin-1").partition(" ")
        status = rest.partition(" ")[0].strip()
        return protocol.startswith("HTTP/1.") and (any_answer or status == "200")
    finally:
        writer.close()
