import { assertEquals } from "@std/assert";
import { componentHistogram, findComponents } from "@lib/image/mod.ts";
import { drawn } from "./drawn_image.ts";

Deno.test("componentHistogram() counts the component's pixels alone", () => {
  const image = drawn(["55.8", "..5."], 9);
  const [component] = findComponents(drawn(["##..", "..#."]));
  const counts = componentHistogram(image, component!);
  assertEquals([counts[0], counts[5], counts[8]], [0, 3, 0]);
});
