/** Entry of the action collect. */
import { collect } from "./collect.ts";

process.exitCode = await collect(process.env);
