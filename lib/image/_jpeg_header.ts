/**
 * What the markers of a JPEG say before any pixel is decoded.
 *
 * All of them are looked at, to the one that ends the picture: a progressive
 * file may hold thousands of scans, each of which takes a pass over it.
 *
 * Source: ITU-T T.81, annex B.
 *
 * @module
 */

import { exifOrientation } from "./_exif_orientation.ts";
import { damaged, unsupported } from "./_picture_error.ts";

/**
 * Bytes a pixel that mozjpeg and the picture take, and, where a picture comes
 * in several scans, bytes a sample for its coefficients.
 */
const PIXEL_BYTES = 7;
const SAMPLE_BYTES = 2;
/** The same of jpeg-js, which decodes CMYK: seen in a file of 12 megapixels. */
const CMYK_PIXEL_BYTES = 48;

/** The frame, and what else decoding needs to know. */
export interface JpegHeader {
  format: "JPEG";
  width: number;
  height: number;
  memory: number;
  /** Samples a pixel: 1 gray, 3 color, 4 CMYK. */
  channels: number;
  /** How often the picture is passed over. */
  scans: number;
  /** 1…8 as in EXIF. */
  orientation: number;
  /** Where segments of EXIF begin. */
  exif: number[];
}

/**
 * Reads the markers.
 *
 * @throws {SyntaxError} If the file is cut off, has no frame or several, or is
 *   of a kind that is not decoded.
 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  let frame: Frame | undefined;
  let scans = 0;
  let orientation = 1;
  const exif: number[] = [];
  for (const { marker, start, end } of markers(bytes)) {
    const segment = bytes.subarray(start + 4, end);
    if (isFrame(marker)) {
      if (frame) throw damaged("JPEG", "it has a second frame");
      frame = readFrame(marker, segment);
    } else if (marker === 0xda) {
      scans++;
      // Samples that come one after the other are put together in the end.
      if (frame && segment[0]! < frame.channels) frame.isBuffered = true;
    } else if (marker === 0xe1 && isExif(segment)) {
      orientation = exifOrientation(segment.subarray(6));
      exif.push(start);
    }
  }
  if (!frame) throw damaged("JPEG", "it has no frame");
  const { width, height, channels, samples, isBuffered } = frame;
  const pixelBytes = channels === 4
    ? CMYK_PIXEL_BYTES
    : PIXEL_BYTES + (isBuffered ? SAMPLE_BYTES * samples : 0);
  return {
    format: "JPEG",
    width,
    height,
    // The file, twice again within mozjpeg, and the picture.
    memory: 3 * bytes.length + width * height * pixelBytes,
    channels,
    scans,
    orientation,
    exif,
  };
}

/** A marker with its segment, if it has one. */
interface Marker {
  marker: number;
  /** Where it begins. */
  start: number;
  /** Behind it and its segment. */
  end: number;
}

/**
 * The markers before the one that ends the picture.
 *
 * @throws {SyntaxError} If that is missing.
 */
function* markers(bytes: Uint8Array): Generator<Marker> {
  // Between the segments lie compressed pixels, where 0xff 0x00 is no marker.
  for (let start = bytes.indexOf(0xff, 2); start >= 0;) {
    while (bytes[start + 1] === 0xff) start++; // filled up
    const marker = bytes[start + 1];
    if (marker === 0xd9) return;
    let end = start + 2;
    if (marker !== undefined && marker >= 0xc0 && (marker & 0xf8) !== 0xd0) {
      if (end + 2 > bytes.length) break;
      end += bytes[start + 2]! << 8 | bytes[start + 3]!;
      if (end > bytes.length) break;
      yield { marker, start, end };
    }
    start = bytes.indexOf(0xff, end);
  }
  throw damaged("JPEG", "it ends without its end marker");
}

interface Frame {
  width: number;
  height: number;
  channels: number;
  /** Samples a pixel, on the mean: colors may be stored at half the size. */
  samples: number;
  /** Whether all coefficients are kept to the end. */
  isBuffered: boolean;
}

function isFrame(marker: number): boolean {
  return (marker & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readFrame(marker: number, segment: Uint8Array): Frame {
  const channels = segment[5] ?? 0;
  if (segment.length < 6 + 3 * channels) {
    throw damaged("JPEG", "it ends within its frame");
  }
  const view = new DataView(segment.buffer, segment.byteOffset);
  const depth = view.getUint8(0);
  if (marker > 0xc2 || depth !== 8) {
    throw unsupported(
      "JPEG",
      "it must be baseline or progressive with samples of 8 bits",
      `its frame is of kind ${marker - 0xc0} with ${depth} bits`,
    );
  }
  if (![1, 3, 4].includes(channels)) {
    throw damaged("JPEG", `it has ${channels} samples a pixel`);
  }
  // How often each channel is sampled, across in the high bits and down.
  const areas = Array.from({ length: channels }, (_, i) => {
    const sampling = segment[7 + 3 * i]!;
    return [sampling >> 4, sampling & 15] as const;
  });
  const most = Math.max(...areas.map(([across]) => across)) *
    Math.max(...areas.map(([, down]) => down));
  const sum = areas.reduce((total, [across, down]) => total + across * down, 0);
  return {
    width: view.getUint16(3),
    height: view.getUint16(1),
    channels,
    samples: most === 0 ? channels : sum / most,
    isBuffered: marker === 0xc2,
  };
}

function isExif(segment: Uint8Array): boolean {
  return String.fromCharCode(...segment.subarray(0, 6)) === "Exif\0\0";
}
