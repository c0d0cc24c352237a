"""`python3 line.py HOST PORT LINE`: connects, sends a line and its end, and prints what comes back until the other side ends."""

import socket
import sys

host, port, line = sys.argv[1:]
with socket.create_connection((host, int(port))) as connection:
    connection.sendall(f"{line}\n".encode())
    connection.shutdown(socket.SHUT_WR)
    while piece := connection.recv(65536):
        print(piece.decode(), end="", flush=True)
