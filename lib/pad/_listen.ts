/** A port of this computer, for this computer. @module */

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Lets a server listen on 127.0.0.1.
 *
 * @param port 0 takes any that is free.
 * @returns The port.
 * @throws {Error} If it is taken.
 */
export async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  try {
    await promise;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const came = code === "EADDRINUSE"
      ? "another program has it"
      : code === "EACCES"
      ? "this user may not take it"
      : message;
    throw new Error(
      `Cannot serve the pad as port ${port} of 127.0.0.1 must be free: ${came}`,
      { cause: error },
    );
  }
  return (server.address() as AddressInfo).port;
}
