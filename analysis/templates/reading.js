(function () {
  "use strict";
  const script = document.currentScript, found = script && script.closest(".wb.reading");
  const view = found || Array.from(document.querySelectorAll(".wb.reading:not([data-ready])")).pop();
  if (!view || view.dataset.ready) return;
  view.dataset.ready = "yes";
  const data = JSON.parse(view.querySelector('script[type="application/json"]').textContent);
  const text = view.querySelector(".text"), isPage = document.documentElement.classList.contains("wb-page");
  const NOUNS = { mentions: ["mention", "mentions"], choices: ["mention", "mentions"], talk: ["mention", "mentions"], sentences: ["sentence", "sentences"],
    words: ["word", "words"], tone_words: ["word", "words"], quotes: ["quotation", "quotations"], dates: ["date", "dates"] };
  const SUMS = { first: ["quotation", "quotations"], inside: ["word in quotation marks", "words in quotation marks"],
    outside: ["word reported without marks", "words reported without marks"], actor: ["speaker", "speakers"], sentence_id: ["sentence", "sentences"], paragraph_id: ["paragraph", "paragraphs"] };
  const SILENT = ["counted", "toned", "spoken", "introduced", "content", "first"];
  const many = (n, nouns) => n + " " + nouns[n === 1 ? 0 : 1];
  function make(tag, attributes, ...inside) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...inside);
    return node;
  }

  // A card and a drawer, on top of everything.
  const card = make("div", { class: "wb-card", "aria-hidden": "true", hidden: "" });
  const drawer = make("aside", { class: "wb-drawer", "aria-label": "Passages behind a number", tabindex: "-1", hidden: "" });
  document.body.append(card, drawer);

  // Marks: what is said of each moves from the tooltip into the card.
  const stops = Array.from(text.querySelectorAll(".m:not(.more), .q[data-by]"));
  text.querySelectorAll("[title]").forEach((mark) => {
    mark.dataset.said = mark.title;
    mark.removeAttribute("title");
  });
  stops.forEach((stop, i) => {
    stop.setAttribute("role", "button");
    stop.setAttribute("tabindex", i ? "-1" : "0");
    stop.setAttribute("aria-description", stop.dataset.said);
  });
  const addressOf = (mark) => mark.dataset.a !== undefined ? "#find/mentions?counted=yes&actor=" + encodeURIComponent(data.actors[mark.dataset.a])
    : mark.dataset.speaker !== undefined ? "#find/quotes?spoken=yes&actor=" + encodeURIComponent(mark.dataset.speaker) : null;
  function light(actor) {
    text.querySelectorAll(".m.lit").forEach((mark) => mark.classList.remove("lit"));
    if (actor !== undefined) text.querySelectorAll('.m[data-a="' + actor + '"]').forEach((mark) => mark.classList.add("lit"));
  }
  function show(mark) {
    const actor = mark.dataset.a;
    card.replaceChildren(...(mark.dataset.said || "").split("\n").filter(Boolean).map((line, i) => make("p", {}, i ? line : make("strong", {}, line))));
    if (addressOf(mark)) card.append(make("p", {}, "Enter or click: all " + (actor !== undefined ? "its passages" : "that this speaker says")));
    card.hidden = false;
    const box = mark.getBoundingClientRect(), below = box.bottom + 8 + card.offsetHeight < window.innerHeight;
    card.style.left = Math.max(8, Math.min(box.left, window.innerWidth - card.offsetWidth - 8)) + "px";
    card.style.top = (below ? box.bottom + 8 : Math.max(8, box.top - card.offsetHeight - 8)) + "px";
    light(actor);
  }
  function hide() {
    card.hidden = true;
    light(undefined);
  }
  const markAt = (event) => event.target.closest && event.target.closest("[data-said]");
  text.addEventListener("mouseover", (event) => { const mark = markAt(event); if (mark) show(mark); else hide(); });
  text.addEventListener("mouseleave", hide);
  text.addEventListener("focusin", (event) => { const mark = markAt(event); if (mark) show(mark); });
  text.addEventListener("focusout", hide);
  text.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (mark && addressOf(mark)) go(addressOf(mark), mark);
  });
  function step(from, by, same) {
    for (let i = stops.indexOf(from) + by; i >= 0 && i < stops.length; i += by)
      if (!same || (from.dataset.a !== undefined && stops[i].dataset.a === from.dataset.a)) return stops[i];
    return from;
  }
  text.addEventListener("keydown", (event) => {
    const from = event.target, moves = { ArrowRight: [1], ArrowLeft: [-1], ArrowDown: [1, true], ArrowUp: [-1, true] };
    if (!stops.includes(from) || event.altKey || event.ctrlKey || event.metaKey) return;
    let to = moves[event.key] ? step(from, ...moves[event.key]) : event.key === "Home" ? stops[0] : event.key === "End" ? stops[stops.length - 1] : null;
    if (event.key === "Escape") hide();
    if ((event.key === "Enter" || event.key === " ") && addressOf(from)) { to = from; go(addressOf(from), from); }
    else if (to) {
      from.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    }
    if (to) { event.preventDefault(); event.stopPropagation(); }
  });

  // Numbers: an address asks for passages; they open in the drawer, and the number is checked against them.
  function find(address) {
    const [name, query] = address.slice("#find/".length).split("?"), asked = {}, set = data.passages[name];
    if (!set) return null;
    new URLSearchParams(query || "").forEach((value, key) => (asked[key] = asked[key] || []).push(value));
    const n = asked.n && Number(asked.n[0]), adds = asked.adds ? asked.adds[0] : "";
    delete asked.n; delete asked.adds;
    const place = { doc_id: 0, sentence_id: 1, paragraph_id: 2 };
    const value = (i, key) => key in place ? String(data.sentences[set.spans[i][0]][place[key]])
      : set.columns[key] ? set.columns[key].values[set.columns[key].codes[i]] : undefined;
    const rows = set.spans.map((_, i) => i).filter((i) => Object.keys(asked).every((key) => asked[key].includes(value(i, key))));
    let total = rows.length;
    if (adds in place) total = new Set(rows.map((i) => value(i, "doc_id") + " " + value(i, adds))).size;
    else if (adds === "actor") total = new Set(rows.map((i) => value(i, adds))).size;
    else if (adds) total = rows.reduce((sum, i) => sum + Number(value(i, adds)), 0);
    const said = Object.keys(asked).filter((key) => !SILENT.includes(key)).map((key) => asked[key].map((v) =>
      key === "quoted" ? (v === "yes" ? "in quotation marks" : "outside quotation marks") : key === "paragraph_id" ? "¶" + v
      : key === "sentence_id" ? "sentence " + v : key === "voice" ? "in the words of: " + v : v || (key === "label" ? "too unsure to call" : "left open")).join(" / "));
    return { spans: rows.map((i) => set.spans[i]), total, n, said: said.join(" · "), nouns: SUMS[adds] || NOUNS[name] };
  }
  function passage(number, spans) {
    const [doc, id, paragraph, first, words] = data.sentences[number], letters = Array.from(words), line = make("span");
    const cut = (from, to) => letters.slice(from, to).join("");
    let node = line, at = 0;
    const open = [];
    const close = (until) => {
      while (open.length && open[open.length - 1] <= until) {
        const end = open.pop();
        node.append(cut(at, end)); at = Math.max(at, end); node = node.parentNode;
      }
    };
    spans.map(([, s, e]) => [s - first, e - first]).sort((a, b) => a[0] - b[0] || b[1] - a[1]).forEach(([s, e]) => {
      close(s);
      node.append(cut(at, s)); at = Math.max(at, s);
      const mark = make("mark");
      node.append(mark); node = mark;
      open.push(Math.min(e, open.length ? open[open.length - 1] : e));
    });
    close(letters.length);
    line.append(cut(at, letters.length));
    return make("li", {}, make("a", { href: "#s-" + doc + "-" + id }, "¶" + paragraph + ", sentence " + id), " ", line);
  }
  let origin = null;
  function open(address) {
    const result = find(address);
    if (!result) return;
    const bySentence = new Map();
    result.spans.forEach((span) => bySentence.set(span[0], [...(bySentence.get(span[0]) || []), span]));
    const title = make("h2", { tabindex: "-1" }, (result.said ? result.said + ": " : "") + many(result.total, result.nouns));
    const back = make("button", { type: "button" }, "Back to the number"), end = make("button", { type: "button" }, "Close");
    back.addEventListener("click", () => { close(); if (origin) { origin.scrollIntoView({ block: "center" }); if (origin.focus) origin.focus(); } });
    end.addEventListener("click", close);
    const buttons = origin ? [back, end] : [end];
    const wrong = result.n !== undefined && result.n !== result.total
      ? [make("p", { class: "wrong" }, "The number is " + result.n + ". It was counted under other choices than those of this view.")] : [];
    const items = Array.from(bySentence.keys()).sort((a, b) => a - b).map((number) => passage(number, bySentence.get(number)));
    drawer.replaceChildren(title, ...buttons, ...wrong, items.length ? make("ul", {}, ...items) : make("p", {}, "No passages."));
    document.querySelectorAll(".wb-drawer").forEach((other) => { other.hidden = other !== drawer; });
    drawer.scrollTop = 0;
    title.focus({ preventScroll: true });
  }
  function close() {
    drawer.hidden = true;
    if (isPage && location.hash.startsWith("#find/")) history.replaceState(null, "", location.pathname + location.search);
  }
  function go(address, from) {
    origin = from || null;
    if (isPage && location.hash !== address) location.hash = address; else open(address);
  }
  drawer.addEventListener("keydown", (event) => {
    event.stopPropagation();  // slides have the same keys
    if (event.key === "Escape") { close(); if (origin && origin.focus) origin.focus(); }
  });
  drawer.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to || isPage) return;
    event.preventDefault();
    const sentence = view.querySelector("#" + CSS.escape(to.getAttribute("href").slice(1)));
    document.querySelectorAll(".lit-sentence").forEach((lit) => lit.classList.remove("lit-sentence"));
    const slide = sentence && window.Reveal && sentence.closest("section:not(.wb)");
    if (slide) window.Reveal.slide(...Object.values(window.Reveal.getIndices(slide)).slice(0, 2));
    if (sentence) { sentence.scrollIntoView({ block: "center" }); sentence.classList.add("lit-sentence"); }
  });
  // Of several views on a page, the newest that knows what is asked for answers.
  window.workbookViews = (window.workbookViews || []).concat({ knows: (name) => name in data.passages, go: go });
  window.workbookFind = (address, from) => {
    const name = address.slice("#find/".length).split("?")[0], knowing = window.workbookViews.filter((one) => one.knows(name)).pop();
    if (knowing) knowing.go(address, from);
  };
  if (!window.workbookLinks) {
    window.workbookLinks = true;
    document.addEventListener("click", (event) => {
      const from = event.target.closest && event.target.closest('a[href^="#find/"]');
      if (!from || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      window.workbookFind(from.getAttribute("href"), from);
    }, true);
  }
  if (isPage) {
    window.addEventListener("hashchange", () => { if (location.hash.startsWith("#find/")) open(location.hash); });
    if (location.hash.startsWith("#find/")) open(location.hash);
  }
})();
