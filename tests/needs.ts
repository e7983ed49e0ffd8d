/**
 * Tests that need a permission, and say so where it was not granted.
 *
 * `deno task test` grants all of them. A bare `deno test` grants none: such a
 * test is then ignored, with what it lacks behind its name.
 *
 * @module
 */

/** What a test reads, writes, or runs. */
export interface Needs {
  /** Paths that it reads. */
  read?: string[];
  /** Paths that it writes. */
  write?: string[];
  /** Environment variables that it reads. */
  env?: string[];
  /** Hosts that it connects to or listens at. */
  net?: string[];
  /** True where it starts Deno as a process. */
  run?: boolean;
}

/** Folder for what tests write, git-ignored. */
export const TMP = "tests/tmp";

/** Registers a test that is ignored, with its reason, where a need is unmet. */
export function testThatNeeds(
  needs: Needs,
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = missingFlags(needs);
  Deno.test({
    name: missing.length === 0 ? name : `${name} (needs ${missing.join(" ")})`,
    ignore: missing.length > 0,
    fn,
  });
}

/** Runs `fn` with a new folder below `tests/tmp`, removed afterwards. */
export async function withTempFolder(
  fn: (folder: string) => void | Promise<void>,
): Promise<void> {
  await Deno.mkdir(TMP, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: TMP });
  try {
    await fn(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function missingFlags(needs: Needs): string[] {
  const missing: string[] = [];
  const check = (flag: string, descriptor: Deno.PermissionDescriptor) => {
    const { state } = Deno.permissions.querySync(descriptor);
    if (state !== "granted") missing.push(flag);
  };
  for (const path of needs.read ?? []) {
    check(`--allow-read=${path}`, { name: "read", path });
  }
  for (const path of needs.write ?? []) {
    check(`--allow-write=${path}`, { name: "write", path });
  }
  for (const variable of needs.env ?? []) {
    check(`--allow-env=${variable}`, { name: "env", variable });
  }
  for (const host of needs.net ?? []) {
    check(`--allow-net=${host}`, { name: "net", host });
  }
  if (needs.run) {
    check("--allow-run", { name: "run", command: Deno.execPath() });
  }
  return missing;
}
