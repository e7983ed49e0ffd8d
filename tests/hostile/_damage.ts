/**
 * Damages files in the ways of disks, networks, and people who mean harm.
 *
 * @module
 */

import { crc32, deflateSync, inflateSync } from "node:zlib";
import type { Random } from "@lib/random/mod.ts";
import { big, join, little } from "../image/picture_bytes.ts";

/** What lengths, counts and sizes become. */
const NUMBERS = [0, 1, 2, 7, 255, 256, 1000, 30_000, 32767, 65535, 65536]
  .concat(
    [100_000, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  );

type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

/** A place in the file, most often near its beginning. */
function place(bytes: Uint8Array, random: Random): number {
  const share = random.next() < 0.6
    ? Math.min(bytes.length, 200)
    : bytes.length;
  return Math.floor(random.next() * share);
}

/** A length, most often short. */
function span(bytes: Uint8Array, random: Random): number {
  return Math.floor(bytes.length * random.next() ** 4);
}

const CHANGES: Change[] = [
  // Cut off.
  (bytes, random) => bytes.slice(0, Math.floor(random.next() * bytes.length)),
  // A bit, then a byte, turned.
  (bytes, random) => {
    bytes[place(bytes, random)]! ^= 1 << Math.floor(random.next() * 8);
    return bytes;
  },
  (bytes, random) => {
    bytes[place(bytes, random)] = Math.floor(random.next() * 256);
    return bytes;
  },
  // A number that matters to somebody.
  (bytes, random) => {
    const number = NUMBERS[Math.floor(random.next() * NUMBERS.length)]!;
    const order = random.next() < 0.5 ? big : little;
    const at = place(bytes, random);
    const length = random.next() < 0.5 ? 2 : 4;
    const value = order(length, number).slice(0, bytes.length - at);
    bytes.set(value, at);
    return bytes;
  },
  // A piece that is wiped, noise, left out, doubled, or from elsewhere.
  (bytes, random) => {
    const at = place(bytes, random);
    return bytes.fill(
      random.next() < 0.5 ? 0 : 255,
      at,
      at + span(bytes, random),
    );
  },
  (bytes, random) => {
    const at = place(bytes, random);
    const end = Math.min(bytes.length, at + span(bytes, random) + 1);
    for (let i = at; i < end; i++) bytes[i] = Math.floor(random.next() * 256);
    return bytes;
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return join(bytes.slice(0, at), bytes.slice(at + span(bytes, random) + 1));
  },
  (bytes, random) => {
    const at = place(bytes, random);
    const piece = bytes.slice(at, at + span(bytes, random) + 1);
    const times = random.next() < 0.2 ? 50 : 1;
    return join(
      bytes.slice(0, at),
      ...new Array(times).fill(piece),
      bytes.slice(at),
    );
  },
  (bytes, random) => {
    const from = place(bytes, random);
    const piece = bytes.slice(from, from + span(bytes, random) + 1);
    bytes.set(piece.slice(0, Math.max(0, bytes.length - from)), from);
    const at = place(bytes, random);
    bytes.set(piece.subarray(0, bytes.length - at), at);
    return bytes;
  },
];

/** @returns A copy with one to four changes. */
export function damage(file: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = file.slice();
  for (let left = 1 + Math.floor(4 * random.next() ** 2); left > 0; left--) {
    if (bytes.length === 0) break;
    const change = CHANGES[Math.floor(random.next() * CHANGES.length)]!;
    bytes = change(bytes, random);
  }
  return bytes;
}

/**
 * The same for a PNG, but within its chunks, of which the sums are right again:
 * otherwise nearly every change ends at a sum.
 */
export function damagePng(file: Uint8Array, random: Random): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts: Uint8Array[] = [file.subarray(0, 8)];
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 12 + view.getUint32(at);
    const type = file.subarray(at + 4, at + 8);
    let content: Uint8Array = file.slice(at + 8, end - 4);
    if (random.next() < 0.4) {
      content = String.fromCharCode(...type) === "IDAT" && random.next() < 0.7
        ? deflateSync(damage(new Uint8Array(inflateSync(content)), random))
        : damage(content, random);
    }
    const named = join(type, content);
    parts.push(join(big(4, content.length), named, big(4, crc32(named))));
    at = end;
  }
  return join(...parts);
}
