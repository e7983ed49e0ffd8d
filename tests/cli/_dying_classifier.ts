/** A thread that dies when it is to load the model. @module */

addEventListener("message", () => {
  throw new RangeError("out of memory");
});
