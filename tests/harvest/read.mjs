// Reads an RDF file with n3 or jsonld.js and prints its quads as N-Quads.
// With the syntax frame: frames FILE with the frame in the file BASE and prints the JSON.
// node read.mjs SYNTAX FILE BASE, with the folder of node_modules as working directory
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const [syntax, file, base] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

const documentLoader = (url) => { throw new Error(`${url} would have to be fetched`); };

if (syntax === "frame") {
  const jsonld = require("jsonld");
  const frame = JSON.parse(readFileSync(base, "utf8"));
  process.stdout.write(JSON.stringify(await jsonld.frame(JSON.parse(text), frame, { omitGraph: false, documentLoader })));
} else if (syntax === "jsonld") {
  const jsonld = require("jsonld");
  process.stdout.write(await jsonld.toRDF(JSON.parse(text), { format: "application/n-quads", base, documentLoader }));
} else {
  const { Parser, Writer } = require("n3");
  const quads = new Parser({ format: syntax, baseIRI: base }).parse(text);
  const writer = new Writer({ format: "N-Quads" });
  writer.addQuads(quads);
  writer.end((error, result) => { if (error) throw error; process.stdout.write(result); });
}
