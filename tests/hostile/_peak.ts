/**
 * Loaded before a program (`--preload`): when that ends, it says on stderr what
 * the most memory was, in bytes, and the time of all its threads, in ms.
 *
 * @module
 */

import process from "node:process";

addEventListener("unload", () => {
  const { user, system } = process.cpuUsage();
  console.error(
    `PEAK ${process.resourceUsage().maxRSS * 1024} CPU ${
      Math.round((user + system) / 1000)
    }`,
  );
});
