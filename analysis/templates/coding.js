// Coding by keyboard: one item after the other, each answer saved at once by the kernel.
// Texts are only ever put into the page as text, never as markup.

// Where each coder is, for when JupyterLab draws the widget anew.
const places = new Map();

function make(name, props = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

// The number key of each answer: 0 is the last one, "cannot tell"; those beyond the ninth have none.
function keyOf(place, last) {
  if (place === last) return "0";
  return place < 9 ? String(place + 1) : "";
}

function askedHere(root) {
  // Where the cell was just run by its reader, who is not writing anywhere: the keys are theirs.
  if (document.activeElement && document.activeElement.closest("input, textarea, .cm-editor")) return false;
  const cell = root.closest(".jp-Cell");
  const next = cell && cell.nextElementSibling;
  return [cell, next].some((each) => each && each.classList.contains("jp-mod-active"));
}

function render({ model, el }) {
  const items = model.get("items");
  let waiting = {};
  let place = places.get(model.get("name")) ?? model.get("place");
  const root = make("section", {
    class: "wb wb-coding",
    "aria-label": `Coding: ${items.length} items`,
    "data-lm-suppress-shortcuts": "true",
    tabindex: "-1",
  });
  const where = make("p", { class: "note", role: "status" });
  const bar = make("progress", { max: items.length, "aria-label": "items with an answer" });
  const passage = make("p", { class: "passage", tabindex: "0", "aria-live": "polite", "aria-atomic": "true" });
  const question = make("p", { class: "question", id: `wb-question-${model.get("name")}` });
  const choices = make("div", { class: "choices", role: "radiogroup", "aria-labelledby": question.id });
  const list = make("datalist", { id: `wb-answers-${model.get("name")}` });
  const own = make("input", { type: "text", autocomplete: "off", list: list.id, onchange: () => { answer(own.value.trim()); passage.focus({ preventScroll: true }); } });
  const ownLabel = make("label", {}, model.get("copies") ? "The words, copied from the passage (key a): " : "Another name, or a part of one (key a): ", own);
  const note = make("input", { type: "text", autocomplete: "off", onchange: saveNote });
  const noteLabel = make("label", {}, "Note (key n): ", note);
  const back = make("button", { type: "button", onclick: () => go(place - 1) }, "← back");
  const on = make("button", { type: "button", onclick: () => go(place + 1) }, "→ on");
  const open = make("button", { type: "button", onclick: goToOpen }, "to the next without an answer");
  const clear = make("button", { type: "button", onclick: () => answer("") }, "take the answer away");
  const saved = make("p", { class: "saved", role: "status" });
  const wrong = make("p", { class: "wrong", role: "alert", hidden: true });
  const differ = make("div", { class: "differ", "aria-live": "polite" });
  const hint = make("p", { class: "note" },
    "Keys: 1–9 an answer · 0 cannot tell · ← back · → on · ↑ ↓ through the answers · n note · Esc out of the note, "
    + "then out of the coding. Say what you read, not what you know of the people.");
  root.append(where, bar, passage, question, choices, list, ownLabel, noteLabel,
    make("p", { class: "steps" }, back, on, open, clear), saved, wrong, differ, hint, showRules());

  function showRules() {
    const rows = model.get("rules").map(([label, meaning]) =>
      make("div", {}, make("dt", {}, label), make("dd", {}, meaning)));
    return make("details", { class: "rules", open: true }, make("summary", {}, "Rules of coding"), make("dl", {}, ...rows));
  }

  const item = () => items[place];
  const answers = () => {
    const sent = Object.entries(waiting).map(([each, { value }]) => [each, value]);
    return { ...model.get("answers"), ...Object.fromEntries(sent) };
  };

  // What is sent counts as waiting until the kernel has written as often as was sent: what it says
  // of one answer can arrive after what it says of the next.
  function send(asked, value) {
    const before = waiting[asked] ? waiting[asked].until : model.get("written")[asked] || 0;
    waiting[asked] = { value, until: before + 1 };
    model.send({ item: asked, answer: value, note: note.value });
  }

  function answer(value) {
    const asked = item();
    if (!asked || (value === "" && !answers()[asked.item])) return;
    send(asked.item, value);
    if (value && place < items.length - 1) place += 1;
    update(true);
  }

  function saveNote() {
    send(item().item, answers()[item().item] || "");
  }

  function go(to) {
    place = Math.min(Math.max(to, 0), items.length - 1);
    update(true);
  }

  function goToOpen() {
    const told = answers();
    const ahead = [...items.keys()].sort((a, b) => (a <= place) - (b <= place) || a - b);
    const found = ahead.find((each) => !told[items[each].item]);
    if (found !== undefined) go(found);
  }

  function update(moved) {
    if (!items.length) {
      passage.replaceChildren("There is nothing to code: the sample has no rows.");
      return;
    }
    const told = answers();
    const done = items.filter((each) => told[each.item]).length;
    const asked = item();
    const given = told[asked.item] || "";
    where.replaceChildren(`${place + 1} of ${items.length} · ${done} answered · coder: ${model.get("coder")}`);
    bar.value = done;
    if (moved) {
      passage.replaceChildren(make("span", { class: "before" }, asked.before || ""), asked.left, make("mark", {}, asked.text), asked.right);
      question.replaceChildren(asked.question);
      showChoices(asked, given);
      list.replaceChildren(...asked.answers.map((each) => make("option", { value: each })));
      ownLabel.hidden = !model.get("named");
      const writing = document.activeElement;
      if (writing !== own) own.value = asked.answers.includes(given) ? "" : given;
      if (writing !== note) note.value = model.get("notes")[asked.item] || "";
      // Not a trait: what is set while the kernel speaks is sent back, and may undo what it says next.
      places.set(model.get("name"), place);
    }
    mark(given);
    back.disabled = place === 0;
    on.disabled = place === items.length - 1;
    clear.disabled = !given;
    open.disabled = done === items.length;
    saved.replaceChildren(tellSaved(done));
    wrong.hidden = !model.get("wrong");
    wrong.replaceChildren(model.get("wrong"));
    showDiffering(done);
  }

  function tellSaved(done) {
    if (Object.keys(waiting).length) return "saving …";
    if (!done) return `Every answer is saved at once, in ${model.get("file")}.`;
    if (done < items.length) return `${done} answers are saved in ${model.get("file")}. You may stop and go on later.`;
    return `All ${items.length} are answered and saved in ${model.get("file")}. Run the cells below.`;
  }

  function showChoices(asked, given) {
    const last = asked.answers.length - 1;
    choices.replaceChildren(...asked.answers.map((each, number) => {
      const key = keyOf(number, last);
      const shown = key ? [make("kbd", { "aria-hidden": "true" }, key), " ", each] : [each];
      return make("button", {
        type: "button", role: "radio", "data-answer": each, "aria-keyshortcuts": key || null,
        onclick: () => { answer(each); passage.focus({ preventScroll: true }); },
      }, ...shown);
    }));
    mark(given);
  }

  function mark(given) {
    const radios = [...choices.children];
    const chosen = radios.findIndex((each) => each.dataset.answer === given);
    radios.forEach((each, number) => {
      each.setAttribute("aria-checked", String(number === chosen));
      each.tabIndex = number === Math.max(chosen, 0) ? 0 : -1;
    });
  }

  function showDiffering(done) {
    const told = model.get("differing");
    if (!told || done < items.length) { differ.replaceChildren(); return; }
    const take = make("button", { type: "button", onclick: () => model.send({ take_over: true }) },
      "Take my answers over into the corrections");
    differ.replaceChildren(make("p", {}, told), ...(model.get("correctable") ? [take] : []));
  }

  function stepChoices(by) {
    const radios = [...choices.children];
    const at = radios.indexOf(document.activeElement);
    const to = at < 0 ? Math.max(radios.findIndex((each) => each.tabIndex === 0), 0) : at + by;
    const next = radios[(to + radios.length) % radios.length];
    if (next) next.focus();
  }

  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target.matches("input");
    if (event.key === "Escape") {
      if (writing) passage.focus(); else leave();
    } else if (writing) {
      if (event.key === "Enter") passage.focus();
      return;
    } else if (/^[0-9]$/.test(event.key)) {
      const offered = item() ? item().answers : [];
      const found = offered.find((_, place) => keyOf(place, offered.length - 1) === event.key);
      if (found !== undefined) { answer(found); passage.focus({ preventScroll: true }); }
    } else if (event.key === "ArrowLeft") go(place - 1);
    else if (event.key === "ArrowRight") go(place + 1);
    else if (event.key === "ArrowDown") stepChoices(1);
    else if (event.key === "ArrowUp") stepChoices(-1);
    else if (event.key === "n") note.focus();
    else if (event.key === "a" && !ownLabel.hidden) own.focus();
    else return;
    event.preventDefault();
  });

  function leave() {
    const cell = root.closest(".jp-Cell");
    if (cell) cell.focus(); else document.activeElement.blur();
  }

  const heard = () => {
    const written = model.get("written");
    const here = item() && waiting[item().item];
    const left = Object.entries(waiting).filter(([each, { until }]) => (written[each] || 0) < until);
    waiting = Object.fromEntries(left);
    update(Boolean(here && !waiting[item().item]));
  };
  const told = () => update(false);
  model.on("change:written", heard);
  model.on("change:differing", told);
  model.on("change:wrong", told);
  update(true);
  el.append(root);
  requestAnimationFrame(() => { if (askedHere(root)) passage.focus({ preventScroll: true }); });
  return () => {
    model.off("change:written", heard);
    model.off("change:differing", told);
    model.off("change:wrong", told);
  };
}

export default { render };
