"""The network of `deno task bench` in PyTorch, timed a piece at a time.

Driven by lines of JSON on stdin, with one line on stdout for each:

    (at the start)                         -> which PyTorch this is
    {"images": base64, "labels": [...],
     "batch": n, "threads": n, "seed": n}  -> {"candidates": [...]}, warm
    {"candidate": index, "seconds": s}     -> {"images": n, "seconds": s}

The process stays, so that its pieces alternate with those of others and
neither its start nor its warm-up is timed. Images are converted and laid out
before any piece begins. A candidate is one way to run PyTorch: eager as it is
installed, on one thread and on all, in both memory formats, as a person runs
it; and tuned further. For on Debian 12 (PyTorch 1.13, OpenBLAS 0.3.21) the
threads of OpenBLAS and those of PyTorch are in each other's way, and training
on two cores goes from 5,300 to 8,000 images/s when OpenBLAS keeps to one.
Forward, `torch.jit.optimize_for_inference` is faster. In all candidates Adam
has `foreach=True`, up to a tenth faster than without, and forward has batches
of 128, faster than larger ones.
"""

import base64
import ctypes
import json
import re
import sys
import time
import warnings

try:
    import torch
    from torch import nn
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}")

FORMATS = {
    "contiguous": torch.contiguous_format,
    "channels_last": torch.channels_last,
}
WARM_UP_STEPS = 3


def build():
    """What this PyTorch is made of, as it says itself."""
    config = torch.__config__.show()

    def find(pattern):
        found = re.search(pattern, config)
        return found.group(1) if found else None

    return {
        "version": torch.__version__,
        "python": sys.executable,
        "oneDnn": find(r"MKL-DNN v([\d.]+)"),
        "cpuCapability": find(r"CPU capability usage: (\S+)"),
        "blas": blas_file() or find(r"BLAS_INFO=(\w+)"),
        "config": config,
    }


def blas_file():
    """The BLAS in this process, None where the system hides it.

    Of a library and the alias it was found by, the one that has a version.
    """
    try:
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps}
    except OSError:
        return None
    return max((p for p in paths if re.search(r"/lib\w*blas", p)), default=None)


def openblas():
    """OpenBLAS as it is loaded here, None where it is another BLAS."""
    path = blas_file()
    library = ctypes.CDLL(path) if path else None
    return library if hasattr(library, "openblas_set_num_threads") else None


def network():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.5),
        nn.Linear(1600, 10),
    )


def laid_out(images, batch, memory_format):
    """Batches in that memory format."""
    return [
        part.contiguous(memory_format=memory_format)
        for part in images.split(batch)
    ]


def trainer(images, labels, batch, memory_format):
    """A function that trains on batch number n."""
    model = network().to(memory_format=memory_format).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=True)
    batches = laid_out(images, batch, memory_format)
    targets = labels.split(batch)

    def step(n):
        index = n % len(batches)
        optimizer.zero_grad(set_to_none=True)
        logits = model(batches[index])
        loss = nn.functional.cross_entropy(logits, targets[index])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def forwarder(images, batch, memory_format, optimized):
    """A function that classifies batch number n."""
    model = network().to(memory_format=memory_format).eval()
    batches = laid_out(images, batch, memory_format)
    if optimized:
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            traced = torch.jit.trace(model, batches[0])
            model = torch.jit.optimize_for_inference(traced)

    def step(n):
        with torch.inference_mode():
            return model(batches[n % len(batches)])

    return step


class Bench:
    """Every candidate, built and warm."""

    def __init__(self, request):
        torch.manual_seed(request["seed"])
        pixels = bytearray(base64.b64decode(request["images"]))
        images = torch.frombuffer(pixels, dtype=torch.uint8)
        images = images.reshape(-1, 1, 28, 28).float() / 255
        labels = torch.tensor(request["labels"])
        self.openblas = openblas()
        self.candidates = []
        self.steps = []
        batch = request["batch"]
        for name, memory_format in FORMATS.items():
            train = trainer(images, labels, batch, memory_format)
            self.add(request, train, "train", name)
            for optimized in (False, True):
                forward = forwarder(images, batch, memory_format, optimized)
                self.add(request, forward, "forward", name, optimized)
        for candidate in range(len(self.candidates)):
            self.run_steps(candidate, lambda steps: steps < WARM_UP_STEPS)

    def add(self, request, step, piece, name, optimized=False):
        """One way to run, on one thread, on all, and with BLAS on one."""
        cores = request["threads"]
        threads = {(1, 1), (cores, cores)}
        if self.openblas:
            threads.add((cores, 1))
        for torch_threads, blas_threads in sorted(threads):
            self.candidates.append({
                "piece": piece,
                "format": name,
                "threads": torch_threads,
                "blasThreads": blas_threads if self.openblas else None,
                "optimized": optimized,
                "batch": request["batch"],
            })
            self.steps.append(step)

    def run_steps(self, index, goes_on):
        """Steps until `goes_on(steps)` says no; how many those were."""
        candidate = self.candidates[index]
        torch.set_num_threads(candidate["threads"])
        if self.openblas:
            self.openblas.openblas_set_num_threads(candidate["blasThreads"])
        steps = 0
        while goes_on(steps):
            self.steps[index](steps)
            steps += 1
        return steps

    def run(self, index, seconds):
        self.run_steps(index, lambda steps: steps < 1)
        start = time.perf_counter()
        end = start + seconds
        steps = self.run_steps(index, lambda _: time.perf_counter() < end)
        spent = time.perf_counter() - start
        images = steps * self.candidates[index]["batch"]
        return {"images": images, "seconds": spent}


def main():
    bench = None

    def answer(value):
        print(json.dumps(value), flush=True)

    answer(build())
    for line in sys.stdin:
        request = json.loads(line)
        if "images" in request:
            bench = Bench(request)
            answer({"candidates": bench.candidates})
        else:
            answer(bench.run(request["candidate"], request["seconds"]))


main()
