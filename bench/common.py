"""What the benchmarks beside peers share: a stack of their own, and Postgres in its steady state."""
import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
BUILD = os.environ.get("STACK_BUILD", str(TOP / "build"))
WAL_SEGMENTS = 60  # of 16 MiB: what max_wal_size lets Postgres keep


def shared_folder(who):
    """Where the peers and their clients are: BENCH_SHARED, else beside the project. Its benchlib can be imported then."""
    folder = pathlib.Path(os.environ.get("BENCH_SHARED", TOP.parent / "shared" / "bench")).resolve()
    if not (folder / "benchlib.py").exists():
        sys.exit(f"{who}: no benchmark clients in {folder}; set BENCH_SHARED")
    sys.path.insert(0, str(folder))
    return folder


def stack(*args, **env):
    done = subprocess.run([TOP / "tools/stack", *args], env=dict(os.environ, STACK_BUILD=BUILD, **env), text=True,
                          stdout=subprocess.PIPE)
    if done.returncode:
        sys.exit("tools/stack " + " ".join(args) + " failed")
    return done.stdout


def build_stack():
    """Builds and installs what is measured: a stage left over from an earlier day is no measurement."""
    stack("build")


def psql_of(url):
    """A function that runs one command on the database and gives what it says."""
    tool = pathlib.Path(subprocess.run(["pg_config", "--bindir"], text=True, check=True, stdout=subprocess.PIPE).stdout.strip()) / "psql"

    def run(sql):
        done = subprocess.run([tool, "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit("psql: " + done.stderr)
        return done.stdout.strip()
    return run


def recycle_wal(psql):
    """Brings a fresh cluster to its steady state, where log segments are used again. In its first gigabyte of log Postgres
    makes each segment anew, and all commits stand still for it (some 50 ms here)."""
    for _ in range(WAL_SEGMENTS):
        psql("SELECT pg_logical_emit_message(false, '', '')")
        psql("SELECT pg_switch_wal()")
    psql("CHECKPOINT")
