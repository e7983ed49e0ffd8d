/** A Redis server of the test's own, on loopback. @module */

/** A server that is running. */
export interface RedisServer {
  url: string;
  /** Ends it, and all that it knows with it. */
  kill(): Promise<void>;
  /** Starts it again, knowing nothing. */
  restart(): Promise<void>;
}

/**
 * Starts `redis-server` on a spare port, with nothing kept on disk.
 *
 * @throws {Deno.errors.NotFound} If it is not installed.
 */
export async function startRedis(folder: string): Promise<RedisServer> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const start = () =>
    new Deno.Command("redis-server", {
      args: [
        ...["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder],
        ...["--save", "", "--appendonly", "no"],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
  let server: Deno.ChildProcess;
  try {
    server = start();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Deno.errors.NotFound(
      "Cannot test the queue as redis-server must be installed, on Debian by `apt-get install redis-server`: there is none",
    );
  }
  await answering(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      server.kill("SIGKILL");
      await server.status;
    },
    restart: async () => {
      server = start();
      await answering(port);
    },
  };
}

/** Waits until something listens. */
async function answering(port: number): Promise<void> {
  for (let tries = 0;; tries++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
