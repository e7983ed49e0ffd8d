import { assertEquals } from "@std/assert";
import { resolve } from "node:path";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

testThatNeeds(
  { read: [TMP], write: [TMP], run: true },
  "queuePermissions() and readerPermissions() cannot be left",
  () =>
    withTempFolder(async (folder) => {
      const folders = ["allowed", "other"].map((name) => resolve(folder, name));
      for (const each of folders) await Deno.mkdir(each);
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "tests/cli/_start_escaping.ts", ...folders],
      }).output();
      const decoder = new TextDecoder();
      assertEquals(decoder.decode(stderr), "");
      const everywhere = ["read there", "read elsewhere"];
      assertEquals(JSON.parse(decoder.decode(stdout)), {
        submit: ["connect to port 1", "read there", "write results"],
        worker: ["connect to port 1", ...everywhere],
        progress: ["connect to port 1"],
        "reader of a folder": ["read there"],
        "reader that draws": [
          ...["read there", "write results", "write beside them"],
        ],
        "reader of a queue": everywhere,
        classifier: [],
      });
    }),
);
