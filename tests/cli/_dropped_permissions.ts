/** Prints what a pad may still do once it is served, and ends. @module */

import { dropPermissions, pad } from "@lib/cli/pad.ts";
import { capturedOutput } from "./_captured_output.ts";

const NAMES = ["read", "write", "net", "env", "run", "sys", "ffi"] as const;

await pad([], capturedOutput(), () => {
  dropPermissions();
  const left = NAMES.filter((name) =>
    Deno.permissions.querySync({ name }).state === "granted"
  );
  console.log(`left: ${left.join()}`);
  Deno.exit();
});
