/** Static files that are missing or cannot be collected. */
import { append, type Overlay } from "../project.ts";
import { inDockerfile } from "./places.ts";

const CSS = "shop/static/shop/shop.css";

/** Line 10 of shop.css asks for what is not there. */
export const missingPng: Overlay = { [CSS]: append('\n.rope {\n  background: url("rope.png");\n}\n') };

/** The image has the files, and the manifest of them. */
export const collected: Overlay = inDockerfile(
  "RUN SECRET_KEY=build ALLOWED_HOSTS=build python manage.py collectstatic --noinput",
);
