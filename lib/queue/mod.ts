/** Pictures on a BullMQ queue, for workers on as many machines as wanted. @module */

export * from "./connect_queue.ts";
export * from "./picture_job.ts";
export * from "./queue_address.ts";
export * from "./queue_progress.ts";
export * from "./submit_pictures.ts";
export * from "./take_pictures.ts";
