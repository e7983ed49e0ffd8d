import { resolve } from "node:path";
import { assertEquals } from "@std/assert";
import { modelOption, permissionsFor } from "@lib/cli/permissions_for.ts";
import { projectPath, userPath } from "@lib/cli/user_path.ts";
import { testThatNeeds, TMP, withTempFolder } from "../needs.ts";

const OWN = [projectPath("lib"), projectPath("data/model")];
const MNIST = projectPath("data/mnist");

Deno.test("permissionsFor() lets recognize read what is named, and no more", () => {
  assertEquals(permissionsFor("recognize", ["a.png", "--json", "b.png"]), {
    env: ["INIT_CWD"],
    ffi: false,
    import: false,
    net: false,
    read: [...OWN, userPath("a.png"), userPath("b.png")],
    run: false,
    sys: false,
    write: false,
  });
});

Deno.test("permissionsFor() lets recognize write where it is told", () => {
  const { read, write, net } = permissionsFor("recognize", [
    ...["--overlay", "drawn", "--explain=pages/why.html", "--model", "mine"],
    ...["--out", "results.ndjson", "a.png"],
  ]);
  const written = [
    ...["drawn", "pages", "results.ndjson", "results.ndjson.run.json"],
    "results.ndjson.run.json.tmp",
  ].map(userPath);
  assertEquals(write, written);
  assertEquals(read, [
    ...OWN,
    ...["mine", "a.png"].map(userPath),
    ...written,
  ]);
  assertEquals(net, false);
});

Deno.test("permissionsFor() lets evaluate reach the mirrors only where it must", () => {
  const mirrors = [
    "storage.googleapis.com:443",
    "ossci-datasets.s3.amazonaws.com:443",
  ];
  const cases: [args: string[], net: string[] | false, write: string[]][] = [
    [[], mirrors, [MNIST]],
    [["--data", "full"], mirrors, [MNIST]],
    [["--data", "sample"], false, []],
    [["--data", "digits"], false, []],
    [["--pictures", "photos"], false, []],
    [["--strings", "--save=a", "--failures", "b"], mirrors, [
      userPath("a"),
      userPath("b"),
      MNIST,
    ]],
  ];
  for (const [args, net, write] of cases) {
    const permissions = permissionsFor("evaluate", args);
    assertEquals(permissions.net, net);
    assertEquals(permissions.write || [], write);
  }
});

Deno.test("permissionsFor() tells folders from what options are followed by", () => {
  const { read, write } = permissionsFor("recognize", [
    ...["--csv", "a", "--shard", "1/2", "--workers", "3", "--length=4"],
    ...["--max-megapixels", "5", "--deadline", "6", "b"],
  ]);
  assertEquals(read, [...OWN, userPath("a"), userPath("b")]);
  assertEquals(write, false);
});

Deno.test("permissionsFor() takes no path from a wrong command line", () => {
  const { write } = permissionsFor("recognize", ["--overlay", "--explain="]);
  assertEquals(write, false);
});

testThatNeeds(
  { read: [TMP], write: [TMP], run: true },
  "permissionsFor() follows the links that are named",
  () =>
    withTempFolder(async (folder) => {
      await Deno.mkdir(`${folder}/real`);
      // A permission for one folder is not enough to make a link.
      const { success } = await new Deno.Command(Deno.execPath(), {
        args: ["eval", `Deno.symlinkSync("real", "${folder}/link")`],
      }).output();
      assertEquals(success, true);
      const { write } = permissionsFor("recognize", [
        ...["--overlay", `${folder}/link/new/drawn`, "a.png"],
      ]);
      assertEquals(write, [
        userPath(`${folder}/link/new/drawn`),
        resolve(folder, "real/new/drawn"),
      ]);
    }),
);

Deno.test("modelOption() is what --model is given, as typed", () => {
  const cases: [args: string[], model: string | undefined][] = [
    [["--json", "a.png", "--model", "my model"], "my model"],
    [["--model=../mine", "a.png"], "../mine"],
    [["a.png"], undefined],
    [["--model"], undefined],
    [["--model="], undefined],
    [["--model", "--json", "a.png"], undefined],
  ];
  for (const [args, model] of cases) {
    assertEquals(modelOption("recognize", args), model, args.join(" "));
  }
});
