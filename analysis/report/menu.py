"""JupyterLab's menu entry for a fresh copy: what its server does when it is chosen.

`workbook lab` hands this to Jupyter's server, and to JupyterLab the script in
`templates/labextensions`, which asks for it. Neither needs a network or a kernel.
"""

from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from ..errors import WorkbookError

FRESH_ADDRESS = "workbook/fresh"


class FreshCopy(APIHandler):
    """Brings back the notebook at a path as it was, and answers with the path of the fresh one."""

    @web.authenticated
    def post(self):
        """Bring it back."""
        from .fresh import copy_fresh  # here, so that JupyterLab starts as fast as without it

        root = Path(self.contents_manager.root_dir).resolve()
        try:
            asked = (root / str((self.get_json_body() or {}).get("path", "")).lstrip("/")).resolve()
            if root not in asked.parents:
                raise WorkbookError("that notebook is not in the folder that JupyterLab shows.")
            made = copy_fresh(asked)
        except WorkbookError as error:
            self.set_status(400)
            self.finish({"message": str(error).removeprefix(f"{root}/")})
            return
        except OSError as error:
            self.set_status(500)
            self.finish({"message": f"It could not be written ({error.strerror})."})
            return
        self.finish({"path": made.relative_to(root).as_posix()})


def _jupyter_server_extension_points():
    return [{"module": __name__}]


def _load_jupyter_server_extension(server):
    address = url_path_join(server.web_app.settings["base_url"], FRESH_ADDRESS)
    server.web_app.add_handlers(".*$", [(address, FreshCopy)])
