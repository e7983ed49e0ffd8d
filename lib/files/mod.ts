/** Files: written whole or not at all, and their errors as sentences. @module */

export * from "./file_error.ts";
export * from "./lock_file.ts";
export * from "./make_folder.ts";
export * from "./sha256.ts";
export * from "./write_whole.ts";
