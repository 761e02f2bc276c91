// Starts Trifid on top of an endpoint and prints its port: it shows the things of a base IRI as pages of its own.
// node trifid.mjs ENDPOINT BASE, with the folder of node_modules as working directory; it ends when its input does.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: trifid } = await load("trifid-core");
const { default: entities } = await load("@zazuko/trifid-entity-renderer");
const [endpoint, base] = process.argv.slice(2);
const { start } = await trifid(
  {
    server: { listener: { host: "127.0.0.1", port: 0 }, logLevel: "error" },
    globals: { datasetBaseUrl: base, endpoints: { default: { url: endpoint } } },
  },
  { "entity-renderer": { module: entities } },
);
console.log((await start()).server.address().port);
process.stdin.on("end", () => process.exit(0)).resume();
