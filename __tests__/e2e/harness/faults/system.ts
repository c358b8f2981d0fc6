/** What the system checks find, and an app that cannot start. */
import { append, type Overlay, replace } from "../project.ts";
import { migration } from "./places.ts";

const SETTINGS = "mysite/settings.py";
const MODELS = "shop/models.py";
export const debugOn: Overlay = { [SETTINGS]: replace("DEBUG = False", "DEBUG = True") };

export const noAllowedHosts: Overlay = { [SETTINGS]: replace(/^ALLOWED_HOSTS = .*$/m, "ALLOWED_HOSTS = []") };

/** Two relations to one model without a related_name: fields.E304. Its migration is there. */
export const clashingRelations: Overlay = {
  [MODELS]: append(`

class Bundle(models.Model):
    first = models.ForeignKey(Product, on_delete=models.CASCADE)
    second = models.ForeignKey(Product, on_delete=models.CASCADE)
`),
  ...migration(
    "0002_bundle",
    "0001_initial",
    `migrations.CreateModel("Bundle", [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("first", models.ForeignKey("shop.product", on_delete=models.CASCADE)),
        ("second", models.ForeignKey("shop.product", on_delete=models.CASCADE)),
    ])`,
  ),
};

/** Line 22 of the settings. */
export const middlewareTypo: Overlay = {
  [SETTINGS]: replace("django.contrib.sessions.middleware.", "django.contrib.sessions.middlewares."),
};
