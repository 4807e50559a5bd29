"""How fast, how large, how soon? Ratios taken in one run, since machines differ and are noisy.

`make bench` prints a table and writes bench.json. Every part runs in a process of its own, so that memory and start
are its own. What people run today stands for the rival: a transformers pipeline("text-classification") over a model of
BERT-base's size, one message at a time (random weights: speed is what is compared).
"""

from __future__ import annotations

import asyncio
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

HOME = Path(__file__).resolve().parent.parent
WEEK = HOME / "bot" / "demo" / "week.jsonl"
MODEL = HOME / "models" / "uppsikt-sv"
OUT = Path("bench.json")
MESSAGES = 500


def texts() -> list[str]:
    """The same 500 messages for everybody."""
    rows = (json.loads(line) for line in WEEK.read_text("utf-8").splitlines())
    return [row["text"] for row in rows if row["text"]][:MESSAGES]


def peak_mb() -> float:
    """Peak memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bert() -> dict[str, float]:
    """A BERT-base-sized pipeline, one message at a time."""
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_file(str(MODEL / "tokenizer.json")), pad_token="<pad>", model_max_length=512
    )
    network = BertForSequenceClassification(BertConfig(vocab_size=50_325, num_labels=2)).eval()
    read = pipeline("text-classification", model=network, tokenizer=tokenizer, device="cpu")
    some = texts()
    for text in some[:20]:
        read(text, truncation=True)
    started = time.perf_counter()
    each = [_timed(lambda text=text: read(text, truncation=True)) for text in some]  # type: ignore[misc]
    seconds = time.perf_counter() - started
    return {"per_second": len(some) / seconds, "latency_ms": 1000 * statistics.median(each), "peak_mb": peak_mb()}


def ours() -> dict[str, float]:
    """Our classifier: in batches, and one message at a time."""
    from classifier.model import Model

    model = Model.load(MODEL)
    some = texts()
    model.read(some[:100])
    rates = [len(some) / _timed(lambda: model.read(some)) for _ in range(5)]
    each = [_timed(lambda text=text: model.read([text])) for text in some]  # type: ignore[misc]
    return {
        "per_second": statistics.median(rates),
        "latency_ms": 1000 * statistics.median(each),
        "peak_mb": peak_mb(),
    }


def end_to_end() -> dict[str, float]:
    """Message in to row committed, through the whole pipeline; the event loop is watched meanwhile."""
    return asyncio.run(_end_to_end())


async def _end_to_end() -> dict[str, float]:
    from bot.app import SystemClock
    from bot.config import Settings
    from bot.core.lines import parse_event
    from bot.pipeline import Pipeline
    from bot.store import SqliteStore
    from classifier.model import Model

    model = Model.load(MODEL)
    some = texts()
    model.read(some[:100])
    bare = statistics.median(len(some) / _timed(lambda: model.read(some)) for _ in range(3))
    events = [event for line in WEEK.read_bytes().splitlines() for event in parse_event(line)][:MESSAGES]
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "bench.db")
        policy = Settings().policy(model.manifest.thresholds)
        pipeline = Pipeline(model, store, lambda: policy, SystemClock())
        delays: list[float] = []
        watch = asyncio.create_task(_watch(delays))
        pipeline.start()
        started = time.perf_counter()
        rounds = 10
        for _ in range(rounds):
            for event in events:
                await pipeline.submit(event)
        await pipeline.finish()
        seconds = time.perf_counter() - started
        watch.cancel()
        await store.close()
    delays.sort()
    return {
        "bare_per_second": bare,
        "per_second": rounds * len(events) / seconds,
        "loop_p99_ms": 1000 * delays[int(len(delays) * 0.99)],
        "loop_worst_ms": 1000 * delays[-1],
        "peak_mb": peak_mb(),
    }


async def _watch(delays: list[float]) -> None:
    """How late the event loop wakes whoever asked for 5 ms."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(0.005)
        delays.append(time.perf_counter() - asked - 0.005)


def ready() -> dict[str, float]:
    """From the start of the process to a live session with a Discord."""
    return asyncio.run(_ready())


async def _ready() -> dict[str, float]:
    from tests.loopback import LoopbackDiscord

    async with LoopbackDiscord(token="bench-token") as server:
        guild = server.add_guild("Almköping")
        guild.add_text_channel("allmänt")
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.live_child", server.api_url, server.gateway_url, server.cdn_url, folder,
                env={"UPPSIKT_TOKEN": "bench-token", "PATH": "/usr/bin:/bin"}, cwd=HOME,
            )  # fmt: skip
            while not server.gateway.live_shards():
                await asyncio.sleep(0.02)
            seconds = time.perf_counter() - started
            child.terminate()
            await child.wait()
    return {"seconds": seconds}


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "bert": bert,
    "ours": ours,
    "end_to_end": end_to_end,
    "ready": ready,
}


def main() -> None:
    """All parts, a table, a file."""
    figures = {name: _in_a_process(name) for name in PARTS}
    rival, own, whole = figures["bert"], figures["ours"], figures["end_to_end"]
    rows = [
        _row("messages per second, against the pipeline", own["per_second"], rival["per_second"], least=50),
        _row("latency of one message, ms", own["latency_ms"], rival["latency_ms"], most=0.1),
        _row("peak memory, MiB", own["peak_mb"], rival["peak_mb"], most=0.5),
        _row("end to end per second, against bare", whole["per_second"], whole["bare_per_second"], least=0.5),
        _row("event-loop delay under full load, p99 ms", whole["loop_p99_ms"], most=20),
        _row("start to ready, s", figures["ready"]["seconds"], most=5),
    ]
    table = Table(title=f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for column in ("figure", "Uppsikt", "against", "ratio", "goal", "reached"):
        table.add_column(column, justify="left" if column == "figure" else "right")
    for row in rows:
        table.add_row(*row)
    Console(width=110).print(table)
    OUT.write_text(json.dumps({"machine": platform.platform(), "figures": figures}, indent=1) + "\n", "utf-8")
    print(f"written to {OUT}")


def _row(
    name: str, mine: float, other: float | None = None, *, least: float | None = None, most: float | None = None
) -> tuple[str, ...]:
    """A line of the table; the goal is for the ratio where there is something to compare with."""
    judged = mine if other is None else mine / other
    reached = judged >= least if least is not None else judged <= (most or 0)
    goal = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
    against = ("", "") if other is None else (f"{other:.2f}", f"{judged:.2f}")
    return name, f"{mine:.2f}", *against, goal, "yes" if reached else "NO"


def _in_a_process(name: str) -> dict[str, float]:
    print(f"measuring {name} …", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", name], cwd=HOME, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr}")
    found = json.loads(done.stdout.splitlines()[-1])
    return {key: float(value) for key, value in found.items()}


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(PARTS[sys.argv[1]]()))
    else:
        main()
