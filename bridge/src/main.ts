// Stacks of errors name the sources, not what was compiled from them. Node reads the maps of what is loaded from here on.
process.setSourceMapsEnabled(true);

const { launchBridge } = await import("./launch.ts");
await launchBridge(process.argv.slice(2));
