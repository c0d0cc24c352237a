# The bridge in a container, built from the package:
#   npm run package
#   docker build --tag zone-playground --file Dockerfile dist
# docs/deploy.md says how to run it. Commands are lists of words: no shell is needed, and a test can run them without a container.

FROM node:24-bookworm-slim AS installed
# One package: with several versions in the folder this fails.
COPY zone-playground-*.tgz /package.tgz
# It has all that it needs; nothing is fetched, and nothing of it runs while it is installed.
RUN ["npm", "install", "--prefix", "/app", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "/package.tgz"]

FROM node:24-bookworm-slim
COPY --from=installed /app /app
# Scripts of short links: of the image's user node, by its number. A volume that is made for it takes over whose it is.
RUN ["install", "--directory", "--mode=0700", "--owner=1000", "--group=1000", "/data"]
ENV NODE_ENV=production ZONE_HOST=0.0.0.0 ZONE_PORT=7070 ZONE_DATA=/data
USER 1000:1000
EXPOSE 7070
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.ZONE_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node gets SIGTERM itself and ends within five seconds. Options can stand behind the image's name.
ENTRYPOINT ["node", "/app/node_modules/zone-playground/bin/zone-playground.js"]
