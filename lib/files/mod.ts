/** Files: read up to a limit, written whole or not at all, errors as sentences. @module */

export * from "./file_error.ts";
export * from "./lock_file.ts";
export * from "./make_folder.ts";
export * from "./read_limited.ts";
export * from "./sha256.ts";
export * from "./write_whole.ts";
