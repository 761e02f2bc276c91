// Runs the script of the static search without a browser: `node static_search.cjs [SCRIPT, FOLDER, QUESTIONS]` prints what it
// puts on the page for each question; with FOLDER null, the stems of words.
"use strict";
const fs = require("fs");
const [script, folder, questions] = JSON.parse(fs.readFileSync(0, "utf-8"));
const source = fs.readFileSync(script, "utf-8");
const pause = () => new Promise((go) => setTimeout(go, 5));

class Element {
  constructor() { this.children = []; this.attributes = {}; this.dataset = {}; this.textContent = ""; }
  append(...more) { this.children.push(...more); }
  setAttribute(name, value) { this.attributes[name] = value; }
  addEventListener(name, listener) { this.listener = listener; }
  remove() {}
}

const ask = async (question) => {
  const elements = { found: new Element(), status: new Element(), q: new Element() };
  const around = elements.found.parentElement = new Element();
  elements.found.dataset = {
    language: "en", ending: ".en.html", root: "", count: "{count}", none: "0", also: "({others})", failed: "failed", more: "more",
  };
  globalThis.document = { getElementById: (id) => elements[id], createElement: () => new Element() };
  globalThis.location = { search: `?q=${encodeURIComponent(question)}` };
  eval(source);
  for (let round = 0; round < 1000 && !elements.status.textContent; round++) await pause();
  const { children } = elements.found;
  const total = parseInt(elements.status.textContent);
  for (const button of around.children) {  // Each leads to the next datasets, and to a button of its own unless they are the last.
    const before = around.children.length;
    button.listener();
    for (let round = 0; round < 1000 && around.children.length === before && children.length < total; round++) await pause();
  }
  const links = children.filter((one) => one.children.length).map((one) => one.children[0].children[0]);
  return [elements.status.textContent, links.map((one) => one.attributes.href), links.map((one) => one.children[0].textContent)];
};

globalThis.fetch = async (name) => ({
  ok: fs.existsSync(`${folder}/${name}`), json: async () => JSON.parse(fs.readFileSync(`${folder}/${name}`)),
});
(async () => {
  if (folder === null) {
    const part = source.slice(source.indexOf("// ---- stems"), source.indexOf("// ---- looking"));
    console.log(JSON.stringify(questions.map(new Function(`${part}; return stem;`)())));
    return;
  }
  const found = [];
  for (const question of questions) found.push(await ask(question));
  console.log(JSON.stringify(found));
})();
