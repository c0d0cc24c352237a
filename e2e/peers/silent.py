"""Listens on a free port of 127.0.0.1 and never answers: its queue is full, so that the kernel drops every further SYN."""

import socket
import time

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(0)
waiting = []
while len(waiting) < 8:
    client = socket.socket()
    client.settimeout(0.3)
    waiting.append(client)
    try:
        client.connect(listener.getsockname())
    except TimeoutError:
        break
print('{"port":', listener.getsockname()[1], "}", flush=True)
time.sleep(3600)
