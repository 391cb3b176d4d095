"""Who works: this process, processes of this machine, or a cluster that is there already (Dask)."""

import contextlib
import os
import platform
import warnings

from .errors import WorkbookError

NEEDS_EXTRA = 'pip install "media-analysis-workbook[corpus]"'
# What each process of this machine is told: one core each, and no bars of its own.
OF_PROCESS = {"WORKBOOK_CORES": "1", "TQDM_DISABLE": "1"}
SPAWNED_WITH = "distributed.nanny.pre-spawn-environ"
OF_DASK = {
    "distributed.comm.timeouts.connect": "60s",
    "distributed.scheduler.allowed-failures": 3,
    # A batch of articles is large.
    "distributed.admin.large-graph-warning-threshold": "1GB",
    # What watches the processes themselves takes a share of their cores.
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.worker.profile.enabled": False,
}
GONE = "Dask's scheduler is gone. Start it again, and ask again."
ENDED_ALL = (
    "every process that read one of the batches ended at once, for want of memory most likely. Use "
    "fewer workers, or machines with more memory."
)
# Batches that are handed out for each worker: one to work on, one that waits.
AHEAD = 2
# No batch is handed out that is so many for each worker behind the oldest one not done.
FARTHEST = 8
# Seconds that a scheduler has to answer.
TO_ANSWER = 20


def as_asked(outcomes):
    """The outcomes of tasks in the order in which these were given; an error is raised."""
    waiting, wanted = {}, 0
    for number, outcome in outcomes:
        waiting[number] = outcome
        while wanted in waiting:
            its = waiting.pop(wanted)
            if has_killed(its):
                raise WorkbookError(ENDED_ALL)
            if isinstance(its, Exception):
                raise its
            yield its
            wanted += 1


class Here:
    """This process, one batch after the other."""

    workers, dashboard, cores = 1, None, None

    def is_gone(self):
        """Whether it has gone: never."""
        return False

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

    def is_gone(self):
        """Whether whoever leads them has gone."""
        return self.client.status == "closed"

    def run(self, tasks):
        """The outcome of each task as it comes: (number, outcome or error).

        Tasks are asked for as workers become free, and none far ahead of the oldest that is not
        done: a corpus may be larger than memory.
        """
        from distributed import as_completed

        tasks, newest = enumerate(tasks), 0
        done, waiting = as_completed(loop=self.client.loop), {}

        def has_room():
            oldest = min((number for number, _ in waiting.values()), default=newest)
            is_near = newest - oldest < FARTHEST * self.workers
            return is_near and len(waiting) < AHEAD * self.workers

        def hand_out():
            nonlocal newest
            while has_room() and (given := next(tasks, None)):
                newest, task = given
                future = self.client.submit(*task, pure=False)
                waiting[future.key] = newest, future
                done.add(future)

        try:
            hand_out()
            for future in done:
                outcome = read_outcome(future)
                number, _ = waiting.pop(future.key)
                future.release()
                yield number, outcome
                hand_out()
        finally:
            if waiting and not self.is_gone():
                self.client.cancel([future for _, future in waiting.values()])


def read_outcome(future):
    """What a task has given, or its error."""
    try:
        return future.result()
    except Exception as error:
        return WorkbookError(GONE) if future.cancelled() else error


@contextlib.contextmanager
def open_engine(workers=None, scheduler=None):
    """Whoever works: `workers` processes of this machine (0: this one), or a cluster's scheduler.

    None stands for a process a core.
    """
    if scheduler is None and workers == 0:
        yield Here()
        return
    need_distributed()
    before = dict(os.environ)
    with contextlib.ExitStack() as opened:
        opened.callback(forget_spawned, before)
        with warnings.catch_warnings(action="ignore"):
            engine = start_engine(opened, workers, scheduler)
        forget_spawned(before)
        yield engine


def forget_spawned(before):
    """Undo what Dask leaves in this process's environment of what it gives to its own."""
    import dask

    for name in {*dask.config.get(SPAWNED_WITH, {}), *OF_PROCESS, "PYTHONHASHSEED"}:
        if name in before:
            os.environ[name] = before[name]
        else:
            os.environ.pop(name, None)


def start_engine(opened, workers, scheduler):
    """The processes of this machine, or of a cluster; `opened` ends what is started."""
    import dask
    from distributed import Client

    settings = {**OF_DASK, SPAWNED_WITH: {**dask.config.get(SPAWNED_WITH, {}), **OF_PROCESS}}
    opened.enter_context(dask.config.set(settings))
    if scheduler is not None:
        client = opened.enter_context(find_cluster(scheduler))
        return Cluster(client, len(client.scheduler_info(n_workers=-1)["workers"]))
    n = workers or os.cpu_count()
    cluster = opened.enter_context(open_processes(n))
    client = opened.enter_context(Client(cluster, set_as_default=False))
    client.wait_for_workers(n)
    return Cluster(client, n)


def need_distributed():
    """WorkbookError with the mend where the package distributed is missing."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise WorkbookError(
            f"several processes need the package distributed: {NEEDS_EXTRA}. Without it, one "
            "process does the same: workers=0 (--workers 0)."
        ) from None


def open_processes(n):
    """Processes of this machine; nothing outside it can reach them."""
    from distributed import LocalCluster

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
        client = Client(scheduler, timeout=TO_ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkbookError(
            f"scheduler {scheduler}: no Dask scheduler answers there ({error}). Start one with "
            "`dask scheduler`, and workers with `dask worker tcp://HOST:8786 --nthreads 1`."
        ) from None
    if not client.scheduler_info(n_workers=-1)["workers"]:
        client.close()
        raise WorkbookError(
            f"scheduler {scheduler}: it has no workers. Start some: "
            f"`dask worker {scheduler} --nthreads 1`."
        )
    return client


def refuse_other(what):
    """Raise that this machine would make something otherwise than whoever asks for it."""
    raise WorkbookError(
        f"{platform.node()}: has another version of the workbook, of a package it needs or of "
        f"Python ({what} would come out otherwise). Install the same on all."
    )


def has_killed(error):
    """Whether an error says that what was asked for ended each process that tried it."""
    return type(error).__name__ == "KilledWorker"
