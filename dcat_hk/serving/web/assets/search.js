// Finds datasets on a static host: reads the index that stands in files beside this page, as much of it as a question
// needs. It sends nothing anywhere, and puts texts into the page as text only.
"use strict";
(() => {
  const place = document.getElementById("found");
  const status = document.getElementById("status");
  const { language, ending, root, count, none, also } = place.dataset;
  const PAGE = 20, MOST = 12, RUNS = 8, LONGEST = 8;
  const shards = new Map();
  const read = (name) => {
    if (!shards.has(name)) shards.set(name, fetch(`${root}search/${name}.json`).then((reply) => reply.ok ? reply.json() : {}));
    return shards.get(name);
  };
  const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

  // Every object of JavaScript has a "constructor": only what a table has itself counts.
  const own = (table, name) => Object.hasOwn(table, name) ? table[name] : undefined;

  // ---- the words of a question
  const fold = (text, table) => Array.from(text.normalize("NFKC").toLowerCase(), (sign) => table[sign] ?? sign).join("");
  const split = (text, table) => {
    const runs = [];
    const joined = text.normalize("NFKC").replace(/(?<![A-Za-z0-9])([A-Za-z]) ?& ?([A-Za-z])(?![A-Za-z0-9])/g, "$1$2");
    for (const sign of fold(joined, table)) {
      const kind = HAN.test(sign) ? "han" : /[\p{L}\p{N}]/u.test(sign) ? "word" : /\p{M}/u.test(sign) ? "mark" : "";
      const last = runs[runs.length - 1];
      if (kind === "mark") continue;
      if (kind && last && last.kind === kind && last.open) last.text += sign;
      else if (kind) runs.push({ text: sign, kind, open: true });
      else if (last) last.open = false;
    }
    return runs;
  };
  const spell = (word, facts) => {
    if (!/^[\x00-\x7f]*$/.test(word)) return word;
    const plain = word.replace(/(?<=[a-z]{3})iz(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)/, "is");
    return own(facts.spellings, word) ?? plain.replace(/^(col|lab|harb|neighb|behavi|fav|hon|vap)or(?!at)/, "$1our");
  };
  const key = (word, facts) => stem(spell(word, facts));
  const take = (runs, facts) => {
    const kept = runs.filter((run) => run.kind === "han" || !facts.idle.includes(run.text)).map((run) => run.text);
    const keys = kept.map((word) => key(word, facts)), parts = [];
    let position = 0;
    while (position < kept.length && parts.length < MOST) {
      const nameOf = (length) => `0${kept.slice(position, position + length).join("")}0`;
      let length = Math.min(RUNS, kept.length - position);
      while (length > 1 && !facts.names.includes(nameOf(length)) && !say(keys, position, length, facts)) length--;
      const [longer, both] = overlap(keys, position, length, facts);
      const name = !both.length && facts.names.includes(nameOf(length)) ? nameOf(length) : "";
      const typed = kept.slice(position, position + longer), known = keys.slice(position, position + longer);
      const others = both.length ? both : say(known, 0, longer, facts) || [];
      parts.push({ text: typed.join(" "), others, pieces: divide(typed, known, facts), name });
      position += longer;
    }
    return parts;
  };
  const say = (keys, start, length, facts) => own(facts.glossary, keys.slice(start, start + length).join(" "));
  // Two phrases of the glossary that overlap are one thing if it says the same word for both: vacant parking spaces.
  const overlap = (keys, start, length, facts) => {
    const first = say(keys, start, length, facts) || [], end = start + length;
    for (let middle = start + 1; middle < end; middle++) {
      for (let last = Math.min(keys.length, middle + RUNS); last > end; last--) {
        const second = say(keys, middle, last - middle, facts) || [], both = first.filter((way) => second.includes(way));
        if (both.length) return [last - start, both];
      }
    }
    return [length, []];
  };
  const divide = (typed, keys, facts) => {
    if (typed.length === 1) {
      const words = apart(typed[0], facts);
      return words.length > 1 ? words.map((text) => ({ text, others: own(facts.glossary, text) || [], pieces: [] })) : [];
    }
    const parts = [];
    for (let start = 0, length; start < typed.length; start += length) {
      length = Math.min(typed.length - start, typed.length - 1);
      while (length > 1 && !say(keys, start, length, facts)) length--;
      const words = typed.slice(start, start + length), known = keys.slice(start, start + length);
      const pieces = length > 1 ? divide(words, known, facts) : [];
      parts.push({ text: words.join(" "), others: say(known, 0, length, facts) || [], pieces });
    }
    return parts;
  };
  const apart = (run, facts) => {
    if (!HAN.test(run)) return [run];
    const signs = Array.from(run), groups = [[]];
    let position = 0, open = false;
    while (position < signs.length) {
      let length = Math.min(LONGEST, signs.length - Math.max(position, 1));
      while (length > 1 && !(signs.slice(position, position + length).join("") in facts.glossary)) length--;
      length = Math.max(length, 1);
      const word = signs.slice(position, position + length).join(""), group = groups[groups.length - 1];
      const idle = length === 1 && facts.particles.includes(word);
      if (idle) groups.push([]);
      else if (length === 1 && open && group.length) group[group.length - 1] += word;
      else group.push(word);
      open = length === 1 && !idle;
      position += length;
    }
    const words = [];
    for (const group of groups.filter((one) => one.length)) {
      group.forEach((word, number) => {
        if (Array.from(word).length > 1 || group.length === 1) words.push(word);
        else if (number) words[words.length - 1] += word;
        else group[1] = word + group[1];
      });
    }
    return words.length ? words : [run];
  };

  // ---- stems of English words, as M. F. Porter published them in 1980
  const C = "[^aeiou](?:[^aeiouy]*)", V = "[aeiouy](?:[aeiou]*)";
  const M0 = new RegExp(`^(?:${C})?${V}${C}`), M1 = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
  const M2 = new RegExp(`^(?:${C})?${V}${C}${V}${C}`), VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
  const CVC = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);
  const LATE = { ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al", entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble", logi: "log" };
  const LATER = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const LAST = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;
  const replace = (word, table) => {
    const end = Object.keys(table).filter((one) => word.endsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (!end) return word;
    const rest = word.slice(0, -end.length);
    return M0.test(rest) ? rest + table[end] : word;
  };
  const stem = (given) => {
    let word = given;
    if (!/^[a-z]{3,}$/.test(word)) return word;
    const hides = word[0] === "y";
    if (hides) word = "Y" + word.slice(1);
    word = word.replace(/(ss|i)es$/, "$1").replace(/([^s])s$/, "$1");
    if (/eed$/.test(word)) { if (M0.test(word.slice(0, -3))) word = word.slice(0, -1); }
    else {
      const match = /^(.+)(ed|ing)$/.exec(word);
      if (match && VOWEL.test(match[1])) {
        word = match[1];
        if (/(at|bl|iz)$/.test(word)) word += "e";
        else if (/([^aeiouylsz])\1$/.test(word)) word = word.slice(0, -1);
        else if (CVC.test(word)) word += "e";
      }
    }
    if (/y$/.test(word) && VOWEL.test(word.slice(0, -1))) word = word.slice(0, -1) + "i";
    word = replace(replace(word, LATE), LATER);
    const match = LAST.exec(word), ion = /^(.+[st])ion$/.exec(word);
    if (match) { if (M2.test(match[1])) word = match[1]; }
    else if (ion && M2.test(ion[1])) word = ion[1];
    if (/e$/.test(word)) {
      const rest = word.slice(0, -1);
      if (M2.test(rest) || (M1.test(rest) && !CVC.test(rest)) || (M0.test(rest) && !M1.test(rest))) word = rest;
    }
    if (/ll$/.test(word) && M2.test(word)) word = word.slice(0, -1);
    return hides ? "y" + word.slice(1) : word;
  };

  // ---- looking things up; a posting is [numbers of datasets, each less the one before; the fields of each as bits]
  const shardOf = (term, facts) => `t${Array.from(term)[0].codePointAt(0) % facts.shards}`;
  const unpack = (posting, facts, without) => {
    const found = new Map();
    let number = 0;
    const rarity = Math.log(1 + facts.datasets / posting[0].length);
    posting[0].forEach((step, index) => {
      number += step;
      const fields = (posting[1].charCodeAt(index) - facts.first) & ~without;
      if (fields) found.set(number, rarity * facts.weights[Math.log2(fields & -fields)]);
    });
    return found;
  };
  const find = async (term, facts, isPrefix, without) => {
    const shard = await read(shardOf(term, facts));
    if (!isPrefix) return own(shard, term) ? unpack(shard[term], facts, without) : new Map();
    const terms = Object.keys(shard).filter((one) => one.startsWith(term));
    return either(terms.map((one) => unpack(shard[one], facts, without)));
  };
  const both = (maps) => {
    const [first, ...rest] = maps.sort((a, b) => a.size - b.size);
    const found = new Map();
    for (const [number, score] of first || []) if (rest.every((one) => one.has(number))) found.set(number, rest.reduce((sum, one) => sum + one.get(number), score));
    return found;
  };
  const either = (maps) => {
    const found = new Map();
    for (const one of maps) for (const [number, score] of one) found.set(number, Math.max(score, found.get(number) || 0));
    return found;
  };
  const phrase = async (text, facts, without) => {
    const wanted = [];
    for (const run of split(text, facts.folded)) {
      const signs = Array.from(run.text);
      if (run.kind !== "han") wanted.push([key(run.text, facts), false]);
      else if (signs.length === 1) wanted.push([run.text, true]);
      else for (let i = 1; i < signs.length; i++) wanted.push([signs[i - 1] + signs[i], false]);
    }
    return both(await Promise.all(wanted.map(([term, isPrefix]) => find(term, facts, isPrefix, without))));
  };
  const express = async (part, facts, left = 0) => {
    const without = part.name ? left | facts.named : left;
    const others = part.others.map((text) => phrase(text, facts, without | facts.labels));
    const ways = await Promise.all([phrase(part.text, facts, without), ...others]);
    if (part.pieces.length) ways.push(both(await Promise.all(part.pieces.map((piece) => express(piece, facts, without)))));
    if (part.name) ways.push(await find(part.name, facts, false, 0));
    return either(ways);
  };

  // ---- the page
  const add = (parent, name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
  };
  const show = async (numbers, first, facts) => {
    const page = numbers.slice(first, first + PAGE);
    for (const number of page) {
      const group = await read(`d${Math.floor(number / facts.group)}`);
      const [path, titles, body, stage, month] = group[number % facts.group];
      const title = titles[language] ?? Object.values(titles)[0];
      const item = add(place, "li");
      const link = add(add(item, "h2"), "a", "", { href: `${root}${path}${ending}` });
      add(link, "bdi", title, { lang: language in titles ? language : Object.keys(titles)[0] });
      const about = [facts.said[body]?.[language], facts.said[stage]?.[language], month].filter(Boolean);
      add(item, "p", about.join(" · "), { class: "kind" });
    }
    const rest = numbers.length - first - page.length;
    if (rest > 0) {
      const more = add(place.parentElement, "button", place.dataset.more, { type: "button" });
      more.addEventListener("click", () => { more.remove(); show(numbers, first + PAGE, facts); });
    }
  };
  const search = async () => {
    const question = new URLSearchParams(location.search).get("q") || "";
    document.getElementById("q").value = question;
    if (!question.trim()) return;
    const facts = await read("facts");
    const parts = take(split(question.slice(0, 200), facts.folded), facts);
    const found = both(await Promise.all(parts.map((part) => express(part, facts))));
    const numbers = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number);
    const others = [...new Set(parts.flatMap((part) => part.others))].join(", ");
    status.textContent = (numbers.length ? count.replace("{count}", numbers.length) : none) + (others ? ` ${also.replace("{others}", others)}` : "");
    await show(numbers, 0, facts);
  };
  search().catch(() => { status.textContent = place.dataset.failed; });
})();
