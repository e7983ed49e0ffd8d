import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { pad } from "@lib/cli/pad.ts";
import { runTask } from "@lib/cli/run_task.ts";
import config from "../../deno.json" with { type: "json" };
import { testThatNeeds } from "../needs.ts";
import { jpeg } from "../image/picture_bytes.ts";
import { capturedOutput } from "./_captured_output.ts";

const FLAGS = config.tasks.pad.command.split(" ")
  .filter((word) => word.startsWith("--allow"));

const RUNS = { read: ["data"], net: ["127.0.0.1"], run: true };

/** `deno task pad` as a process, up to the line with its address. */
async function start(...args: string[]) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pad", ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const out = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let printed = "";
  while (!printed.includes("ends it\n")) {
    const { value, done } = await out.read();
    if (done) break;
    printed += value;
  }
  const [, url = ""] = printed.match(/^Draw on (\S+)$/m) ?? [];
  return {
    url,
    printed,
    post: (bytes: Uint8Array<ArrayBuffer>) =>
      fetch(`${url}read`, {
        method: "POST",
        headers: { origin: new URL(url).origin },
        body: bytes,
      }),
    async interrupt() {
      // A terminal's one Ctrl-C arrives several times, through each parent.
      for (let i = 0; i < 3; i++) child.kill("SIGINT");
      const { code } = await child.status;
      await out.cancel();
      return { code, err: await new Response(child.stderr).text() };
    },
  };
}

async function run(...args: string[]) {
  const output = capturedOutput();
  const code = await runTask(pad, args, output);
  return { code, printed: output.printed, warned: output.warned };
}

Deno.test("pad() --help says what it takes", async () => {
  const { code, printed } = await run("--help");
  assertEquals(code, 0);
  for (const option of ["--port N", "--model DIR", "--help"]) {
    assertStringIncludes(printed[0]!, option);
  }
});

Deno.test("pad() takes no picture, and no port that is none", async () => {
  assertEquals(await run("a.png"), {
    code: 2,
    printed: [],
    warned: [
      "Error: Cannot run pad as it takes options only: current argument is a.png",
    ],
  });
  for (const port of ["-1", "65536", "http", "1.5"]) {
    const { code, warned } = await run(`--port=${port}`);
    assertEquals([code, warned], [2, [
      `Error: Cannot run pad as --port must be an integer from 0 to 65535: current value is ${port}`,
    ]]);
  }
});

testThatNeeds(
  { read: ["data"] },
  "pad() ends where its model is none",
  async () => {
    const { code, printed, warned } = await run("--model", "data/samples");
    assertEquals([code, printed, warned.length], [1, [], 1]);
    assertMatch(
      warned[0]!,
      /^Error: Cannot load the model in .*data\/samples /,
    );
  },
);

testThatNeeds(
  RUNS,
  "deno task pad reads every kind of picture with no permission left, beside another pad, until Ctrl-C",
  async () => {
    const [one, two] = await Promise.all([start(), start()]);
    assertMatch(
      one.printed,
      /^Draw on http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/\nCtrl-C ends it\n$/,
    );
    assert(one.url !== two.url);
    for (
      const [file, text] of [
        ["5283.webp", "5283"],
        ["94_small.bmp", "94"],
        ["738_transparent.png", "738"],
        ["6150_squared_paper.jpg", "6150"],
        ["no_digits.jpg", ""],
      ] as const
    ) {
      const response = await one.post(
        await Deno.readFile(`data/samples/${file}`),
      );
      assertEquals([file, (await response.json()).text], [file, text]);
    }
    const cmyk = await two.post(
      jpeg({ levels: [200, 100, 50, 250], adobe: 0 }).slice(),
    );
    assertEquals(cmyk.status, 200);
    await cmyk.body?.cancel();
    for (const each of [one, two]) {
      assertEquals(await each.interrupt(), { code: 0, err: "" });
    }
  },
);

testThatNeeds(
  RUNS,
  "deno task pad gives up its permissions once it is served",
  async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", ...FLAGS],
        "tests/cli/_dropped_permissions.ts",
      ],
    }).output();
    assertEquals(new TextDecoder().decode(stdout), "left: \n");
  },
);

testThatNeeds(RUNS, "deno task pad says that its port is taken", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pad", "--port", `${port}`],
  }).output();
  listener.close();
  const decoder = new TextDecoder();
  assertEquals([code, decoder.decode(stdout)], [1, ""]);
  assertEquals(
    decoder.decode(stderr),
    `Error: Cannot serve the pad as port ${port} of 127.0.0.1 must be free: another program has it\n`,
  );
});

testThatNeeds(
  RUNS,
  "deno task pad may not write, run, or reach anything else",
  async () => {
    assertEquals(FLAGS, [
      ...["--allow-read", "--allow-net=127.0.0.1", "--allow-env=INIT_CWD"],
    ]);
    const attempts = [
      'Deno.writeTextFile("left.txt", "x")',
      'Deno.mkdir("left")',
      'fetch("http://192.0.2.1/")',
      'Deno.connect({ hostname: "127.0.0.2", port: 9 })',
      'Deno.listen({ hostname: "0.0.0.0", port: 0 })',
      'Deno.resolveDns("example.com", "A")',
      "new Deno.Command(Deno.execPath()).output()",
      'Deno.env.get("HOME")',
      "Deno.hostname()",
      'Deno.dlopen("libc.so.6", {})',
    ];
    const script = `for (const attempt of [${
      attempts.map((attempt) => `async () => ${attempt}`).join(",")
    }]) await attempt().then(() => "done", (error) => error.name).then((end) => console.log(end));`;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", ...FLAGS],
        `data:text/javascript,${encodeURIComponent(script)}`,
      ],
    }).output();
    assertEquals(
      new TextDecoder().decode(stdout).trim().split("\n"),
      attempts.map(() => "NotCapable"),
    );
  },
);
