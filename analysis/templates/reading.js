(function () {
  "use strict";
  const script = document.currentScript;
  const found = script && script.closest(".wb.reading");
  const fresh = document.querySelectorAll(".wb.reading:not([data-ready])");
  const view = found || Array.from(fresh).pop();
  if (!view || view.dataset.ready) return;
  view.dataset.ready = "yes";
  const data = JSON.parse(view.querySelector('script[type="application/json"]').textContent);
  // Each sentence begins with the number of its article.
  data.sentences.forEach((sentence) => {
    sentence[0] = data.docs[sentence[0]];
  });
  const text = view.querySelector(".text");
  const isPage = document.documentElement.classList.contains("wb-page");

  // What the passages of each kind are called, and what may add up to a number.
  const MENTIONS = ["mention", "mentions"];
  const SENTENCES = ["sentence", "sentences"];
  const WORDS = ["word", "words"];
  const QUOTATIONS = ["quotation", "quotations"];
  const NOUNS = {
    mentions: MENTIONS,
    choices: MENTIONS,
    talk: MENTIONS,
    sentences: SENTENCES,
    words: WORDS,
    tone_words: WORDS,
    quotes: QUOTATIONS,
    dates: ["date", "dates"],
    vouching: ["statement", "statements"],
    missing_doers: ["act without its doer", "acts without their doer"],
    labels: ["label", "labels"],
    terms: WORDS,
    copies: ["passage", "passages"],
    disputed: ["passage", "passages"],
    figures: ["figure", "figures"],
    conflicts: ["conflict", "conflicts"],
    told_alone: SENTENCES,
    events: ["event", "events"],
    places: MENTIONS,
  };
  const SUMS = {
    first: QUOTATIONS,
    inside: ["word in quotation marks", "words in quotation marks"],
    outside: ["word reported without marks", "words reported without marks"],
    speaker: ["speaker", "speakers"],
    sentence_id: SENTENCES,
    paragraph_id: ["paragraph", "paragraphs"],
  };
  // What goes without saying of the passages behind a number.
  const CHOSEN = ["thing", "counted", "toned", "spoken", "introduced", "content", "first"];
  const SILENT = [...CHOSEN, "latitude", "longitude"];
  // Why a mention has a tone, or none.
  const SCORED = {
    whole: "scored on the whole sentence",
    around: "scored on what stands around it",
    "no sentence": "not scored: there is no sentence",
    outside: "not scored: outside its sentence",
    script: "not scored: not in the Latin script",
  };
  // Where in a packed sentence its place stands.
  const PLACE = { doc_id: 0, sentence_id: 1, paragraph_id: 2 };

  // A name from an address is looked up among own names only: not "constructor".
  const lookUp = (table, name) => (Object.hasOwn(table, name) ? table[name] : undefined);

  function many(n, nouns) {
    return n + " " + nouns[n === 1 ? 0 : 1];
  }
  function make(tag, attributes, ...inside) {
    const node = document.createElement(tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    node.append(...inside);
    return node;
  }

  // A card and a drawer, on top of everything.
  const card = make("div", { class: "wb-card", "aria-hidden": "true", hidden: "" });
  const drawer = make("aside", {
    class: "wb-drawer",
    "aria-label": "Passages behind a number",
    tabindex: "-1",
    hidden: "",
  });
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

  function addressOf(mark) {
    const { a: actor, speaker } = mark.dataset;
    if (actor !== undefined) {
      const name = encodeURIComponent(data.actors[actor]);
      return "#find/mentions?counted=yes&actor=" + name;
    }
    if (speaker !== undefined) {
      return "#find/quotes?spoken=yes&speaker=" + encodeURIComponent(speaker);
    }
    return null;
  }
  function light(actor) {
    text.querySelectorAll(".m.lit").forEach((mark) => mark.classList.remove("lit"));
    if (actor === undefined) return;
    const same = text.querySelectorAll('.m[data-a="' + actor + '"]');
    same.forEach((mark) => mark.classList.add("lit"));
  }
  function show(mark) {
    const actor = mark.dataset.a;
    const lines = (mark.dataset.said || "").split("\n").filter(Boolean);
    const paragraphs = lines.map((line, i) => make("p", {}, i ? line : make("strong", {}, line)));
    card.replaceChildren(...paragraphs);
    if (addressOf(mark)) {
      const whose = actor !== undefined ? "its passages" : "that this speaker says";
      card.append(make("p", {}, "Enter or click: all " + whose));
    }
    card.hidden = false;
    const box = mark.getBoundingClientRect();
    const hasRoomBelow = box.bottom + 8 + card.offsetHeight < window.innerHeight;
    const left = Math.min(box.left, window.innerWidth - card.offsetWidth - 8);
    const above = Math.max(8, box.top - card.offsetHeight - 8);
    card.style.left = Math.max(8, left) + "px";
    card.style.top = (hasRoomBelow ? box.bottom + 8 : above) + "px";
    light(actor);
  }
  function hide() {
    card.hidden = true;
    light(undefined);
  }
  function markAt(event) {
    return event.target.closest && event.target.closest("[data-said]");
  }
  text.addEventListener("mouseover", (event) => {
    const mark = markAt(event);
    if (mark) show(mark);
    else hide();
  });
  text.addEventListener("mouseleave", hide);
  text.addEventListener("focusin", (event) => {
    const mark = markAt(event);
    if (mark) show(mark);
  });
  text.addEventListener("focusout", hide);
  text.addEventListener("click", (event) => {
    const mark = markAt(event);
    if (mark && addressOf(mark)) go(addressOf(mark), mark);
  });

  // By keyboard: arrows step from mark to mark, or among those of one actor.
  const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  const AMONG_SAME = ["ArrowDown", "ArrowUp"];

  function step(from, by, among) {
    const actor = from.dataset.a;
    for (let i = stops.indexOf(from) + by; i >= 0 && i < stops.length; i += by) {
      const isSame = actor !== undefined && stops[i].dataset.a === actor;
      if (!among || isSame) return stops[i];
    }
    return from;
  }
  function stopAfter(from, key) {
    if (key in STEPS) return step(from, STEPS[key], AMONG_SAME.includes(key));
    if (key === "Home") return stops[0];
    if (key === "End") return stops[stops.length - 1];
    return null;
  }
  text.addEventListener("keydown", (event) => {
    const from = event.target;
    const isShortcut = event.altKey || event.ctrlKey || event.metaKey;
    if (!stops.includes(from) || isShortcut) return;
    if (event.key === "Escape") hide();
    const isPressed = event.key === "Enter" || event.key === " ";
    const to = stopAfter(from, event.key);
    if (isPressed && addressOf(from)) {
      go(addressOf(from), from);
    } else if (to) {
      from.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  const nameArticle = (doc) => (lookUp(data.articles, doc) || { article: doc }).article;
  const severalArticles = Object.keys(data.articles).length > 1;

  // Numbers: an address asks for passages; they open in the drawer, and the number is checked
  // against them.
  function find(address) {
    const [name, query] = address.slice("#find/".length).split("?");
    const set = lookUp(data.passages, name);
    if (!set) return null;
    const asked = new Map();
    new URLSearchParams(query || "").forEach((value, key) => {
      asked.set(key, [...(asked.get(key) || []), value]);
    });
    const n = asked.has("n") ? Number(asked.get("n")[0]) : undefined;
    const adds = asked.has("adds") ? asked.get("adds")[0] : "";
    asked.delete("n");
    asked.delete("adds");
    const keys = Array.from(asked.keys());
    const rows = [];
    set.spans.forEach((_, i) => {
      if (keys.every((key) => asked.get(key).includes(valueOf(set, i, key)))) rows.push(i);
    });
    // Of a country the name is said once.
    const isSame = (key) => key === "country" && asked.get(key)[0] === (asked.get("place") || [])[0];
    const told = keys.filter((key) => !SILENT.includes(key) && !isSame(key));
    const said = told.map((key) => {
      const values = asked.get(key).map((value) => say(name, key, value));
      return values.join(" / ");
    });
    return {
      spans: rows.map((i) => set.spans[i]),
      total: sumUp(set, rows, adds),
      n,
      said: said.join(" · "),
      nouns: lookUp(SUMS, adds) || NOUNS[name],
    };
  }
  function valueOf(set, i, key) {
    if (Object.hasOwn(PLACE, key)) return String(data.sentences[set.spans[i][0]][PLACE[key]]);
    const about = data.articles[data.sentences[set.spans[i][0]][PLACE.doc_id]];
    if (Object.hasOwn(about, key)) return about[key];
    const column = lookUp(set.columns, key);
    if (!column) return undefined;
    const width = column.codes.length / set.spans.length;
    return column.values[parseInt(column.codes.slice(i * width, (i + 1) * width), 36)];
  }
  function sumUp(set, rows, adds) {
    const valuesOf = (key) => rows.map((i) => valueOf(set, i, key));
    if (!adds) return rows.length;
    if (Object.hasOwn(PLACE, adds)) {
      // The numbers of sentences and paragraphs begin anew in each article.
      const articles = valuesOf("doc_id");
      return new Set(valuesOf(adds).map((value, i) => articles[i] + " " + value)).size;
    }
    if (adds === "speaker") return new Set(valuesOf(adds)).size;
    return valuesOf(adds).reduce((sum, value) => sum + Number(value), 0);
  }
  function say(name, key, value) {
    if (key === "doc_id" || key === "other_doc_id") return nameArticle(value);
    if (key === "quoted") return value === "yes" ? "in quotation marks" : "outside quotation marks";
    if (key === "paragraph_id") return "¶" + value;
    if (key === "sentence_id") return "sentence " + value;
    if (key === "order") return "no. " + value + " in the telling";
    if (key === "country" && !value) return "not placed";
    if (!value) return key === "label" ? "too unsure to call" : "left open";
    if (key === "scored") return lookUp(SCORED, value) || value;
    if (key === "speaker" && name === "mentions") return "in the words of: " + value;
    return value;
  }
  function readSentence(doc, id) {
    // A sentence without its number.
    const copy = view.querySelector("#" + CSS.escape("s-" + doc + "-" + id)).cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => mark.remove());
    return copy.textContent;
  }
  function passage(number, spans) {
    const [doc, id, paragraph, words] = data.sentences[number];
    // Places are counted in characters as Python has them, not in halves of surrogate pairs.
    const letters = Array.from(words === undefined ? readSentence(doc, id) : words);
    const line = make("span");
    const open = [];
    let node = line;
    let at = 0;
    function writeUntil(end) {
      node.append(letters.slice(at, end).join(""));
      at = Math.max(at, end);
    }
    function closeUntil(place) {
      while (open.length && open[open.length - 1] <= place) {
        writeUntil(open.pop());
        node = node.parentNode;
      }
    }
    const marks = spans.map(([, start, length]) => [start, start + length]);
    marks.sort((one, two) => one[0] - two[0] || two[1] - one[1]);
    marks.forEach(([start, end]) => {
      closeUntil(start);
      writeUntil(start);
      const mark = make("mark");
      node.append(mark);
      node = mark;
      open.push(open.length ? Math.min(end, open[open.length - 1]) : end);
    });
    closeUntil(letters.length);
    writeUntil(letters.length);
    const article = severalArticles ? nameArticle(doc) + ", " : "";
    const where = article + "¶" + paragraph + ", sentence " + id;
    return make("li", {}, make("a", { href: "#s-" + doc + "-" + id }, where), " ", line);
  }

  let origin = null;
  function returnToNumber() {
    close();
    if (!origin) return;
    origin.scrollIntoView({ block: "center" });
    if (origin.focus) origin.focus();
  }
  function open(address) {
    const result = find(address);
    if (!result) return;
    const bySentence = new Map();
    result.spans.forEach((span) => {
      bySentence.set(span[0], [...(bySentence.get(span[0]) || []), span]);
    });
    const asked = result.said ? result.said + ": " : "";
    const title = make("h2", { tabindex: "-1" }, asked + many(result.total, result.nouns));
    const parts = [title];
    if (origin) {
      const back = make("button", { type: "button" }, "Back to the number");
      back.addEventListener("click", returnToNumber);
      parts.push(back);
    }
    const end = make("button", { type: "button" }, "Close");
    end.addEventListener("click", close);
    parts.push(end);
    if (result.n !== undefined && result.n !== result.total) {
      const why = "It was counted under other choices than those of this view.";
      parts.push(make("p", { class: "wrong" }, "The number is " + result.n + ". " + why));
    }
    const numbers = Array.from(bySentence.keys()).sort((a, b) => a - b);
    const items = numbers.map((number) => passage(number, bySentence.get(number)));
    parts.push(items.length ? make("ul", {}, ...items) : make("p", {}, "No passages."));
    drawer.replaceChildren(...parts);
    document.querySelectorAll(".wb-drawer").forEach((other) => {
      other.hidden = other !== drawer;
    });
    drawer.scrollTop = 0;
    title.focus({ preventScroll: true });
  }
  function close() {
    drawer.hidden = true;
    if (isPage && location.hash.startsWith("#find/")) {
      history.replaceState(null, "", location.pathname + location.search);
    }
  }
  function go(address, from) {
    origin = from || null;
    if (isPage && location.hash !== address) location.hash = address;
    else open(address);
  }
  drawer.addEventListener("keydown", (event) => {
    event.stopPropagation(); // slides have the same keys
    if (event.key !== "Escape") return;
    close();
    if (origin && origin.focus) origin.focus();
  });
  drawer.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to) return;
    const sentence = view.querySelector("#" + CSS.escape(to.getAttribute("href").slice(1)));
    for (let part = sentence; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    if (isPage) return;
    event.preventDefault();
    document.querySelectorAll(".lit-sentence").forEach((lit) => {
      lit.classList.remove("lit-sentence");
    });
    if (!sentence) return;
    const slide = window.Reveal && sentence.closest("section:not(.wb)");
    if (slide) {
      const { h, v } = window.Reveal.getIndices(slide);
      window.Reveal.slide(h, v);
    }
    sentence.scrollIntoView({ block: "center" });
    sentence.classList.add("lit-sentence");
  });

  // Of several views on a page, the newest that knows what is asked for answers.
  const knows = (name) => Object.hasOwn(data.passages, name);
  window.workbookViews = (window.workbookViews || []).concat({ knows, go });
  window.workbookFind = (address, from) => {
    const name = address.slice("#find/".length).split("?")[0];
    const knowing = window.workbookViews.filter((one) => one.knows(name)).pop();
    if (knowing) knowing.go(address, from);
  };
  if (!window.workbookLinks) {
    window.workbookLinks = true;
    const follow = (event) => {
      const from = event.target.closest && event.target.closest('a[href^="#find/"]');
      if (!from || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      window.workbookFind(from.getAttribute("href"), from);
    };
    document.addEventListener("click", follow, true);
  }
  if (isPage) {
    const openAsked = () => {
      if (location.hash.startsWith("#find/")) open(location.hash);
    };
    window.addEventListener("hashchange", openAsked);
    openAsked();
  }
})();
