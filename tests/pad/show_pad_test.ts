import { assertEquals } from "@std/assert";
import { type Pad, showPad } from "@lib/pad/mod.ts";
import type { Reading } from "@lib/read/mod.ts";

const READING: Reading = { text: "42", confidence: 1, turned: 0, lines: [] };

interface Shown {
  kinds: string[];
  id: string | undefined;
  update: boolean;
}

/** What a cell is given to show. */
async function shownBy(pad: Pad, patience: number): Promise<Shown[]> {
  const shown: Shown[] = [];
  await showPad(pad, () => Promise.resolve(READING), {
    patience,
    display(data, { display_id: id, update = false }) {
      shown.push({ kinds: Object.keys(data), id, update });
      return Promise.resolve();
    },
  });
  return shown;
}

/** A pad that is opened as often as it is asked. */
function padOpened(perQuestion: number): Pad {
  let visits = 5;
  return {
    url: "http://127.0.0.1:1/x/",
    get visits() {
      visits += perQuestion;
      return visits;
    },
    close: () => Promise.resolve(),
  };
}

const LIVE = ["image/png", "text/plain", "text/html"];

Deno.test("showPad() leaves the pad where a browser opened it", async () => {
  const shown = await shownBy(padOpened(1), 10_000);
  assertEquals(shown.map(({ kinds }) => kinds), [LIVE]);
});

Deno.test("showPad() puts a still picture in its place where none did", async () => {
  const [live, still, caption, ...more] = await shownBy(padOpened(0), 50);
  assertEquals([live!.kinds, live!.update], [LIVE, false]);
  assertEquals(still, {
    ...{ kinds: ["image/png", "text/plain"], id: live!.id, update: true },
  });
  assertEquals(caption, {
    ...{ kinds: ["text/plain"], id: undefined, update: false },
  });
  assertEquals(more, []);
});
