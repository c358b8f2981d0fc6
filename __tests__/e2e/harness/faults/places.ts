/** Where a change of the `plain` project goes. */
import { append, type Overlay, replace } from "../project.ts";

const SETTINGS = "mysite/settings.py";

/** Lines at the beginning of the settings, run whenever they are imported. */
export function inSettings(text: string): Overlay {
  return { [SETTINGS]: (before) => `${text}\n${before}` };
}

/** Lines at the end of the settings, which win. */
export function endOfSettings(text: string): Overlay {
  return { [SETTINGS]: append(`\n${text}\n`) };
}

/** Lines of the Dockerfile after its COPY. */
export function inDockerfile(...lines: string[]): Overlay {
  return { Dockerfile: replace("COPY . .\n", `COPY . .\n${lines.join("\n")}\n`) };
}

/** An image that is another one each time it is built, and a check of the project that reports which one it runs in. */
export const stamped: Overlay = {
  ...inDockerfile("RUN head -c 16 /dev/urandom | od -An -tx1 > /stamp"),
  "shop/models.py": append(`

from django.core import checks


@checks.register()
def stamp(app_configs, **kwargs):
    return [checks.Info(open("/stamp").read().strip(), id="shop.I001")]
`),
};

/** A check of the project that fails where its process reaches more than itself. */
export const wantsNoNetwork: Overlay = {
  "shop/models.py": append(`

import socket

from django.core import checks


@checks.register()
def network(app_configs, **kwargs):
    names = [name for _, name in socket.if_nameindex()]
    return [] if names == ["lo"] else [checks.Error(f"there is a network: {names}", id="shop.E001")]
`),
};

/** A migration of the shop. */
export const migration = (name: string, dependency: string, operations = "") => ({
  [`shop/migrations/${name}.py`]: `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "${dependency}")]
    operations = [${operations}]
`,
});
