/**
 * A pool of threads that do tasks of one kind, each on its own.
 *
 * A thread is sent the setup, then task after task, and answers in their order.
 * It always has the next task waiting, so that it does not wait itself. One
 * that dies or hangs is replaced: the task that it was at has failed, and the
 * next one goes to another thread.
 *
 * @module
 */

/** What a thread sends: it is ready or cannot start, and then the results. */
export type WorkerReply<Result> =
  | { ready: true }
  | { failed: string }
  | { result: Result };

/** What a thread is sent: the setup first, then tasks. */
export type WorkerOrder<Setup, Task> = { setup: Setup } | { task: Task };

/** How many threads there are, and how they are started and waited for. */
export interface PoolOptions<Setup> {
  start(): Worker;
  setup: Setup;
  /** At least 1. */
  workers: number;
  /** Seconds until a task is given up. */
  deadline: number;
  /** Seconds until a thread is ready. */
  startPatience?: number;
}

/** What became of a task. */
export type Answer<Result> = { result: Result } | { failure: string };

/** Threads at work. */
export interface WorkerPool<Task, Result> {
  /**
   * Has a thread do the task. However many are given, each waits its turn.
   *
   * @throws {Error} If a thread that died could not be replaced, or the pool
   *   is closed.
   */
  run(task: Task): Promise<Answer<Result>>;
  /** Ends all threads, also in the middle of a task. */
  close(): void;
}

/** Tasks that a thread has at once: one to do and one to go on with. */
const AHEAD = 2;

/** Long, as a machine may be busy, and one that cannot start says so at once. */
const START_PATIENCE = 300;

/**
 * Starts the threads.
 *
 * @returns When all are ready.
 * @throws {Error} If one cannot start.
 */
export async function startPool<Setup, Task, Result>(
  options: PoolOptions<Setup>,
): Promise<WorkerPool<Task, Result>> {
  const pool = new Pool<Setup, Task, Result>(options);
  try {
    await pool.start();
  } catch (error) {
    pool.close();
    throw error;
  }
  return pool;
}

/** A task, and whom to tell. */
interface Order<Task, Result> {
  task: Task;
  resolve(answer: Answer<Result>): void;
  reject(error: Error): void;
}

class Pool<Setup, Task, Result> implements WorkerPool<Task, Result> {
  readonly #options: PoolOptions<Setup>;
  readonly #waiting: Order<Task, Result>[] = [];
  readonly #threads = new Set<Thread<Setup, Task, Result>>();
  #broken: Error | undefined;

  constructor(options: PoolOptions<Setup>) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { workers } = this.#options;
    await Promise.all(Array.from({ length: workers }, () => this.#hire()));
  }

  run(task: Task): Promise<Answer<Result>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ task, resolve, reject });
      this.#handOut();
    });
  }

  close(): void {
    this.#break(new Error("Cannot go on as the pool is closed"));
  }

  async #hire(): Promise<void> {
    const thread = new Thread<Setup, Task, Result>(this.#options, {
      onResult: () => this.#handOut(),
      onDeath: (message, orders) => {
        this.#threads.delete(thread);
        orders.shift()?.resolve({ failure: message });
        this.#waiting.unshift(...orders);
        this.#hire().catch((error) => this.#break(error));
      },
    });
    this.#threads.add(thread);
    await thread.ready;
    this.#handOut();
  }

  #handOut(): void {
    if (this.#broken) {
      for (const { reject } of this.#waiting.splice(0)) reject(this.#broken);
    }
    // The first task of each before the second of any.
    for (let load = 0; load < AHEAD; load++) {
      for (const thread of this.#threads) {
        if (!thread.isReady || thread.load !== load) continue;
        const order = this.#waiting.shift();
        if (!order) return;
        thread.take(order);
      }
    }
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const thread of this.#threads) {
      this.#waiting.unshift(...thread.dismiss());
    }
    this.#threads.clear();
    this.#handOut();
  }
}

interface ThreadEvents<Task, Result> {
  /** It can take another task. */
  onResult(): void;
  /** It is gone, and has not done these; the first it was at. */
  onDeath(message: string, orders: Order<Task, Result>[]): void;
}

class Thread<Setup, Task, Result> {
  readonly #worker: Worker;
  readonly #options: PoolOptions<Setup>;
  readonly #events: ThreadEvents<Task, Result>;
  readonly #orders: Order<Task, Result>[] = [];
  readonly #started = Promise.withResolvers<void>();
  #timer: ReturnType<typeof setTimeout>;
  isReady = false;

  constructor(
    options: PoolOptions<Setup>,
    events: ThreadEvents<Task, Result>,
  ) {
    this.#options = options;
    this.#events = events;
    this.#worker = options.start();
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply<Result>>) =>
      this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#die(`the thread that read it died: ${event.message}`);
    };
    const patience = options.startPatience ?? START_PATIENCE;
    this.#timer = setTimeout(
      () => this.#die(`no answer within ${patience} s`),
      1000 * patience,
    );
    this.#worker.postMessage({ setup: options.setup });
  }

  /** Rejects if it does not start. */
  get ready(): Promise<void> {
    return this.#started.promise;
  }

  /** Tasks that it has. */
  get load(): number {
    return this.#orders.length;
  }

  take(order: Order<Task, Result>): void {
    this.#orders.push(order);
    if (this.load === 1) this.#watch();
    this.#worker.postMessage({ task: order.task });
  }

  /** Ends it, and gives back what it has not done. */
  dismiss(): Order<Task, Result>[] {
    clearTimeout(this.#timer);
    // What it has sent already would come behind.
    this.#worker.onmessage = null;
    this.#worker.terminate();
    this.#started.reject(new Error("Cannot start as the pool is closed"));
    // Nobody may be waiting for it.
    this.#started.promise.catch(() => {});
    return this.#orders.splice(0);
  }

  #hear(reply: WorkerReply<Result>): void {
    if ("result" in reply) {
      this.#orders.shift()!.resolve(reply);
      this.#watch();
      this.#events.onResult();
    } else if ("ready" in reply) {
      this.isReady = true;
      this.#watch();
      this.#started.resolve();
    } else {
      this.#fail(reply.failed);
    }
  }

  /** Gives the task in hand its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.load === 0) return;
    const { deadline } = this.#options;
    this.#timer = setTimeout(
      () => this.#die(`it took longer than ${deadline} s`),
      1000 * deadline,
    );
  }

  #die(message: string): void {
    if (!this.isReady) {
      this.#fail(`Cannot start a thread as it must get ready: ${message}`);
      return;
    }
    this.#events.onDeath(message, this.dismiss());
  }

  #fail(message: string): void {
    this.#started.reject(new Error(message));
    this.dismiss();
  }
}
