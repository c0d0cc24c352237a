/** What `--help` prints. */
export const HELP = `Zone Playground bridge: serves the page, and connects its scripts to real TCP.

Usage: npm start -- [options]

  --port NUMBER        Port to listen on; 0 picks a free one. Default 8080.           ZONE_PORT
  --host ADDRESS       Address to listen on; 0.0.0.0 for all. Default 127.0.0.1.      ZONE_HOST
  --public-host NAME   A name or address, besides this machine's own, under which     ZONE_PUBLIC_HOST
                       browsers reach the bridge, such as behind a proxy. Repeatable.
  --embed-origin URL   A site whose pages may embed the playground and open         ZONE_EMBED_ORIGIN
                       sessions, such as https://tutorial.example. Repeatable.
  --network lan|host   lan: every room is a LAN on loopback, every page a machine     ZONE_NETWORK
                       with its own address (Linux; the default there).
                       host: scripts share the addresses and ports of this machine.
  --allow TARGET       What scripts may connect to outside their room. Repeatable.    ZONE_ALLOW
  --grace SECONDS      How long a program's connections are kept after its page's     ZONE_GRACE
                       WebSocket was cut; 0: not at all. Default 30.
  --data DIRECTORY     Where the scripts of short links are kept. Default: data.       ZONE_DATA
  --storage URL        A Redis server to keep them in instead: redis://HOST:PORT.      ZONE_STORAGE
  --page DIRECTORY     The built page. Default: web/dist.                             ZONE_PAGE
  --help, --version

The variables in the right column do the same; those for repeatable options take a list with commas.

TARGET is <host or CIDR>[:<port or range>]:
  example.com:80           what this name leads to, except this machine and its wire
  10.0.0.0/8:8000-8010     a range of addresses
  [2001:db8::1]:443        IPv6 in brackets, when a port follows
  host.zone.internal:5432  a service on the bridge's own machine (the same as 127.0.0.1 or localhost here)
`;
