// Asks an endpoint queries with Comunica and prints the results as JSON: truth, rows, or triples.
// node ask.mjs ADDRESS QUERY..., with the folder of node_modules as working directory.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const { QueryEngine } = require("@comunica/query-sparql");
const [address, ...queries] = process.argv.slice(2);
const engine = new QueryEngine();
// This version puts the language of a literal in a place of its own.
const pack = (term) => [term.value, term.language || term.datatype?.language || ""];
const found = [];
for (const query of queries) {
  const result = await engine.query(query, { sources: [address] });
  if (result.resultType === "boolean") found.push(await result.execute());
  else {
    const all = await (await result.execute()).toArray();
    if (result.resultType === "quads") found.push(all.map((quad) => [quad.subject.value, quad.predicate.value, ...pack(quad.object)]));
    else found.push(all.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, pack(term)]))));
  }
}
process.stdout.write(JSON.stringify(found));
