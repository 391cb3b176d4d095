(function () {
  "use strict";
  const script = document.currentScript;
  const found = script && script.closest(".wb.concordance");
  const fresh = document.querySelectorAll(".wb.concordance:not([data-ready])");
  const view = found || Array.from(fresh).pop();
  if (!view || view.dataset.ready) return;
  view.dataset.ready = "yes";
  const body = view.querySelector("tbody");
  const heads = Array.from(view.querySelectorAll("th"));
  const lines = Array.from(body.rows).map((row, place) => ({ row, place }));

  // The words of a cell as they stand from the keyword outwards.
  function wordsOf(line, column) {
    const words = line.row.cells[column].textContent.toLowerCase().split(/\s+/);
    const isLeft = line.row.cells[column].className === "left";
    return (isLeft ? words.reverse() : words).join(" ");
  }
  function sortBy(column) {
    const keys = new Map(lines.map((line) => [line, column ? wordsOf(line, column) : ""]));
    const compare = (one, two) =>
      keys.get(one).localeCompare(keys.get(two)) || one.place - two.place;
    body.append(...lines.slice().sort(compare).map((line) => line.row));
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", "ascending");
      else head.removeAttribute("aria-sort");
    });
  }
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.title = column ? "Sort by this context" : "As they stand in the text";
    button.addEventListener("click", () => sortBy(column));
    head.replaceChildren(button);
  });
})();
