// A JupyterLab extension by hand: what webpack would make of a plugin, without webpack.
// It needs nothing of JupyterLab but the application itself; the menu stands in the schema.
(function () {
  const LABEL = "Bring Back a Fresh Copy of This Notebook";

  function pathOf(app) {
    const widget = app.shell.currentWidget;
    const path = widget && widget.context && widget.context.path;
    return path && path.endsWith(".ipynb") ? path.slice(path.indexOf(":") + 1) : "";
  }

  async function ask(settings, path) {
    const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    const headers = { "Content-Type": "application/json" };
    if (cookie) headers["X-XSRFToken"] = decodeURIComponent(cookie[1]);
    if (settings.token) headers.Authorization = "token " + settings.token;
    const { fetch } = settings; // by itself: a browser's own takes no other "this"
    const answer = await fetch(settings.baseUrl + "workbook/fresh", {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify({ path }),
    });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.message || "The server does not answer.");
    return said.path;
  }

  async function bringBack(app) {
    const tell = (message, type) =>
      app.commands.execute("apputils:notify", { message, type, options: { autoClose: 8000 } });
    try {
      const path = await ask(app.serviceManager.serverSettings, pathOf(app));
      await app.commands.execute("docmanager:open", { path });
      await tell("Here is a fresh copy: " + path + ". Yours stays as it is.", "success");
    } catch (error) {
      await tell(error.message, "error");
    }
  }

  const plugin = {
    id: "media-analysis-workbook:menu",
    autoStart: true,
    activate(app) {
      app.commands.addCommand("workbook:fresh", {
        label: LABEL,
        caption: "A notebook of the workbook as it was, beside yours",
        isEnabled: () => Boolean(pathOf(app)),
        execute: () => bringBack(app),
      });
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["media-analysis-workbook"] = {
    init() {},
    get: () => Promise.resolve(() => ({ __esModule: true, default: plugin })),
  };
})();
