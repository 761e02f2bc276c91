// Follows a feed with the client ldes-client and prints what it found as JSON, members in the order of the stream.
// node follow_ldes.mjs ADDRESS FOLDER, with the folder of node_modules as working directory; FOLDER keeps what was seen.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const folder = join(process.cwd(), "node_modules", "ldes-client", "dist", "lib", "client.js");
const { replicateLDES, intoConfig } = await import(pathToFileURL(folder));
const { Writer } = require("n3");
const [url, statePath] = process.argv.slice(2);

const asked = [];
const ask = globalThis.fetch;
globalThis.fetch = (address, options) => {
  const wanted = new URL(address.url ?? address);
  if (wanted.hostname !== "127.0.0.1") throw new Error(`${wanted} would have to be fetched`);
  asked.push(wanted.pathname);
  return ask(address, options);
};

const client = replicateLDES(intoConfig({ url, statePath }), "ascending");
const found = { members: [] };
client.on("error", (error) => { throw error; });
client.on("description", (info) => { found.paths = [info.timestampPath?.value, info.versionOfPath?.value]; });
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let next = await reader.read(); !next.done; next = await reader.read()) {
  const { id, timestamp, isVersionOf, quads } = next.value;
  const text = new Writer({ format: "N-Quads" }).quadsToString(quads);
  found.members.push({ id: id.value, time: timestamp, of: isVersionOf, quads: text });
}
process.stdout.write(JSON.stringify({ ...found, asked }));
