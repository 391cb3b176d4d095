// Draws a chart in the place of its picture; again when it turns dark or light. Marks with an address are links, by mouse and keyboard.
window.workbookDraw = function () {
  "use strict";
  const look = window.workbookLook, open = 'figure.chart:not([data-drawn])', SPEC = 'script[type="application/vnd.vegalite+json"]';
  const screen = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    const lab = document.querySelector("[data-jp-theme-light]");
    return lab ? lab.dataset.jpThemeLight === "false" : screen.matches && document.documentElement.classList.contains("wb-page");
  }
  function shade(value) {
    if (typeof value === "string") return look.dark[value.toLowerCase()] || value;
    if (Array.isArray(value)) return value.map(shade);
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === "datasets" || name === "data" ? inner : shade(inner)]));
  }
  // On a phone a chart shrinks to the column: twice as large writing and rows stay legible.
  const PHONE = 480, LARGER = 2, ON_MAP = 1.5, LINE = 40;
  const GROWS = /^(fontSize|labelFontSize|titleFontSize|subtitleFontSize|labelLimit|step|height|continuousHeight|discreteHeight)$/;
  function enlarge(value, name, isMap) {
    if (typeof value === "number" && isMap && !/Title|title/.test(name)) return name === "fontSize" ? value * ON_MAP : value;
    if (typeof value === "number") return GROWS.test(name) ? value * LARGER : value;
    if (Array.isArray(value)) return value.map((each) => enlarge(each, "", isMap));
    if (!value || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "datasets" || key === "data" ? inner : enlarge(inner, key, isMap)]));
  }
  function wrap(lines) {
    const made = [""];
    [].concat(lines || []).join(" ").split(" ").forEach(function (word) {
      const last = made.length - 1;
      if (made[last] && (made[last] + " " + word).length > LINE) made.push(word);
      else made[last] = made[last] ? made[last] + " " + word : word;
    });
    return made;
  }
  function fit(spec, column) {
    if (!column || column >= PHONE) return spec;
    const larger = enlarge(spec, "", Boolean(spec.projection)), config = larger.config || {};
    larger.config = Object.assign({}, config, { view: Object.assign({ step: 20 * LARGER }, config.view) });
    if (larger.title && larger.title.text) larger.title = Object.assign({}, larger.title, { text: wrap(larger.title.text), subtitle: wrap(larger.title.subtitle) });
    return larger;
  }
  function follow(address, from) {
    if (window.workbookFind) window.workbookFind(address, from);
  }
  function draw(place, spec) {
    const canvas = document.createElement("div");
    canvas.className = "live";
    const fitted = fit(spec, place.clientWidth);
    window.vegaEmbed(canvas, isDark() ? shade(fitted) : fitted, look.options).then(function (result) {
      // Where Vega would load an address, the page shows its passages.
      const loader = result.view.loader(), plain = loader.sanitize;
      loader.sanitize = function (uri, options) {
        if (!options || options.context !== "href") return plain.call(loader, uri, options);
        follow(uri, place);
        return Promise.reject(new Error("followed in the page"));
      };
      const old = place.querySelector(".live"), picture = place.querySelector("img.still");
      if (old) old.remove();
      if (picture) picture.hidden = true;
      place.prepend(canvas);
      place.tabIndex = -1;
      canvas.querySelectorAll("summary").forEach((menu) => menu.setAttribute("aria-label", "Save this chart"));
      const marks = Array.from(canvas.querySelectorAll("svg.marks [role='graphics-symbol']")).filter((mark) => mark.__data__ && mark.__data__.href);
      const seen = new Set(), stops = marks.filter((mark) => !seen.has(mark.__data__.href) && seen.add(mark.__data__.href));
      if (!window.workbookFind) marks.forEach((mark) => { mark.style.cursor = "default"; });
      marks.forEach((mark) => mark.setAttribute("aria-label", (mark.getAttribute("aria-label") || "").replace(/; href: [^;]*/, "")));
      stops.forEach(function (mark, i) {
        mark.setAttribute("tabindex", i ? "-1" : "0");
        mark.setAttribute("role", "link");
        mark.addEventListener("keydown", function (event) {
          const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key], to = by && stops[i + by];
          if (event.key === "Enter") follow(mark.__data__.href, mark);
          if (to) { mark.setAttribute("tabindex", "-1"); to.setAttribute("tabindex", "0"); to.focus(); }
          if (by || event.key === "Enter") { event.preventDefault(); event.stopPropagation(); }
        });
      });
    }).catch(console.error);
  }
  document.querySelectorAll(open).forEach(function (place) {
    const written = place.querySelector(SPEC);
    if (!written) return;
    const spec = JSON.parse(written.textContent);
    place.dataset.drawn = "yes";
    draw(place, spec);
    screen.addEventListener("change", function () { draw(place, spec); });
  });
};
