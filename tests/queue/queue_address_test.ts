import { assertEquals, assertThrows } from "@std/assert";
import { queueAddress } from "@lib/queue/queue_address.ts";

Deno.test("queueAddress() is all of the network that a queue needs", () => {
  const addresses = {
    "redis://127.0.0.1:6380": "127.0.0.1:6380",
    "redis://me:secret@queue.example/2": "queue.example:6379",
    "rediss://queue.example:7000": "queue.example:7000",
    "redis://[::1]:6379": "[::1]:6379",
  };
  for (const [url, address] of Object.entries(addresses)) {
    assertEquals(queueAddress(url), address);
  }
});

Deno.test("queueAddress() rejects what is no address of Redis", () => {
  for (const url of ["", "localhost", "redis://", "http://localhost"]) {
    assertThrows(
      () => queueAddress(url),
      RangeError,
      `Cannot reach the queue as it must be given like redis://127.0.0.1:6379: current value is ${url}`,
    );
  }
});
