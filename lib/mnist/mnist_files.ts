/**
 * The four files of MNIST.
 *
 * LeCun, Cortes, Burges, "The MNIST database of handwritten digits": 60,000
 * training and 10,000 test images with their labels, CC BY-SA 3.0.
 *
 * @module
 */

/** A file of the data set, and what it must be. */
export interface MnistFile {
  /** Its name without `.gz`. */
  name: string;
  /** SHA-256 of the uncompressed bytes, in lower-case hexadecimal. */
  sha256: string;
}

/**
 * MNIST as published. The small files come first, so that a mirror that does
 * not answer or a folder that cannot be written shows before the long download.
 */
export const MNIST_FILES: readonly MnistFile[] = [
  {
    name: "t10k-labels-idx1-ubyte",
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
  {
    name: "train-labels-idx1-ubyte",
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  {
    name: "t10k-images-idx3-ubyte",
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  {
    name: "train-images-idx3-ubyte",
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
];
