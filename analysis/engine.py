"""Who works: this process, processes of this machine, or a cluster that is there already (Dask)."""

import contextlib
import os
import warnings

from .errors import WorkbookError

NEEDS_EXTRA = 'pip install "media-analysis-workbook[corpus]"'
# What each process of this machine is told: one core each, and no bars of its own.
OF_PROCESS = {"WORKBOOK_CORES": "1", "TQDM_DISABLE": "1"}
# Batches that are handed out for each worker: one to work on, one that waits.
AHEAD = 2
# Seconds that a scheduler has to answer.
TO_ANSWER = 20


def as_asked(outcomes):
    """The outcomes of tasks in the order in which these were given; an error is raised."""
    waiting, wanted = {}, 0
    for number, outcome in outcomes:
        waiting[number] = outcome
        while wanted in waiting:
            its = waiting.pop(wanted)
            if isinstance(its, Exception):
                raise its
            yield its
            wanted += 1


class Here:
    """This process, one batch after the other."""

    workers, dashboard, cores = 1, None, None

    def run(self, tasks):
        """The outcome of each task, a function with what it takes: (number, outcome or error)."""
        for number, (function, *given) in enumerate(tasks):
            try:
                yield number, function(*given)
            except Exception as error:
                yield number, error


class Cluster:
    """Processes that Dask distributed leads, each with a core for itself."""

    cores = 1

    def __init__(self, client, workers):
        self.client, self.workers = client, workers
        self.dashboard = client.dashboard_link

    def run(self, tasks):
        """The outcome of each task as it comes: (number, outcome or error).

        Tasks are asked for as workers become free: a corpus may be larger than memory.
        """
        from distributed import as_completed

        tasks = enumerate(tasks)
        waiting, number_of = as_completed(), {}

        def hand_out():
            number, (function, *given) = next(tasks, (None, (None,)))
            if function is not None:
                future = self.client.submit(function, *given, pure=False)
                number_of[future.key] = number
                waiting.add(future)

        for _ in range(AHEAD * self.workers):
            hand_out()
        for future in waiting:
            error = future.exception()
            outcome = future.result() if error is None else error
            number = number_of.pop(future.key)
            future.release()
            yield number, outcome
            hand_out()


@contextlib.contextmanager
def open_engine(workers=None, scheduler=None):
    """Whoever works: `workers` processes of this machine (0: this one), or a cluster's scheduler.

    None stands for a process a core.
    """
    if scheduler is None and workers == 0:
        yield Here()
        return
    distributed = need_distributed()
    with contextlib.ExitStack() as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if scheduler is None:
            n = workers or os.cpu_count()
            opened.enter_context(telling_processes())
            cluster = opened.enter_context(open_processes(n))
            client = opened.enter_context(distributed.Client(cluster))
            client.wait_for_workers(n)
        else:
            client = opened.enter_context(find_cluster(scheduler))
            n = len(client.scheduler_info(n_workers=-1)["workers"])
        yield Cluster(client, n)


@contextlib.contextmanager
def telling_processes():
    """Tell the processes that are started meanwhile how to work."""
    before = {name: os.environ.get(name) for name in OF_PROCESS}
    os.environ.update(OF_PROCESS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def need_distributed():
    """The package distributed; WorkbookError with the mend where it is missing."""
    try:
        import distributed
    except ImportError:
        raise WorkbookError(
            f"several processes need the package distributed: {NEEDS_EXTRA}. Without it, one "
            "process does the same: --workers 0."
        ) from None
    return distributed


def open_processes(n):
    """Processes of this machine; nothing outside it can reach them."""
    import dask
    from distributed import LocalCluster

    dask.config.set(
        {
            "distributed.comm.timeouts.connect": "60s",
            "distributed.scheduler.allowed-failures": 3,
            # What watches the processes themselves takes a share of their cores.
            "distributed.admin.system-monitor.gil.enabled": False,
            "distributed.admin.system-monitor.interval": "5s",
            "distributed.worker.profile.enabled": False,
        }
    )
    return LocalCluster(
        n_workers=n,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:8787",
        silence_logs=50,
    )


def find_cluster(scheduler):
    """A client of a cluster that is there; WorkbookError where none answers, or nobody works."""
    from distributed import Client

    try:
        client = Client(scheduler, timeout=TO_ANSWER)
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkbookError(
            f"--scheduler {scheduler}: no Dask scheduler answers there ({error}). Start one with "
            "`dask scheduler`, and workers with `dask worker tcp://HOST:8786 --nthreads 1`."
        ) from None
    if not client.scheduler_info(n_workers=-1)["workers"]:
        client.close()
        raise WorkbookError(
            f"--scheduler {scheduler}: it has no workers. Start some: "
            f"`dask worker {scheduler} --nthreads 1`."
        )
    return client


def has_killed(error):
    """Whether an error says that what was asked for ended each process that tried it."""
    return type(error).__name__ == "KilledWorker"
